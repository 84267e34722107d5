output "detect" {
  description = "The guardrail that only detects."
  value       = { identifier = aws_bedrock_guardrail.this["detect"].guardrail_id, version = aws_bedrock_guardrail_version.this["detect"].version }
}

output "enforce" {
  description = "The guardrail that blocks."
  value       = { identifier = aws_bedrock_guardrail.this["enforce"].guardrail_id, version = aws_bedrock_guardrail_version.this["enforce"].version }
}

output "arns" {
  description = "Both guardrails, for the gateway's role."
  value       = [for guardrail in aws_bedrock_guardrail.this : guardrail.guardrail_arn]
}
