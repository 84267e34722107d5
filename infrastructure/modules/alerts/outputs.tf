output "topic_arn" {
  description = "The topic of budget alerts."
  value       = aws_sns_topic.this.arn
}
