resource "aws_cloudwatch_log_group" "gateway" {
  name              = "/ecs/${var.name}/agentgateway"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.this.arn
}

resource "aws_cloudwatch_log_group" "collector" {
  name              = "/ecs/${var.name}/otel-collector"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.this.arn
}
