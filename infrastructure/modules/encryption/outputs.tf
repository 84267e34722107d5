output "key_arn" {
  description = "The customer key."
  value       = aws_kms_key.this.arn
}
