output "arn" {
  description = "The function's ARN."
  value       = aws_lambda_function.this.arn
}

output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "role_name" {
  description = "The name of the function's role."
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "Where the function logs."
  value       = aws_cloudwatch_log_group.this.name
}

output "failure_queue_arn" {
  description = "Where events go that could not be handled; null for a function that is called and waited for."
  value       = one(aws_sqs_queue.failures[*].arn)
}
