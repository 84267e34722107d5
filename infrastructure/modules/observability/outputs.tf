output "key_arn" {
  description = "The customer key."
  value       = aws_kms_key.this.arn
}

output "gateway_log_group" {
  description = "Where the gateway logs."
  value       = { name = aws_cloudwatch_log_group.gateway.name, arn = aws_cloudwatch_log_group.gateway.arn }
}

output "collector_log_group" {
  description = "Where the collector logs, and writes metrics."
  value       = { name = aws_cloudwatch_log_group.collector.name, arn = aws_cloudwatch_log_group.collector.arn }
}
