module "function" {
  source = "../lambda_function"

  name                 = var.name
  archive              = var.function.archive
  architecture         = var.function.architecture
  memory_mb            = var.function.memory_mb
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = var.reserved_concurrency
  environment          = merge(var.environment, { TABLE_PREFIX = var.table_prefix })
  statements           = local.statements
  kms_key_arn          = var.kms_key_arn
  log_retention_days   = var.log_retention_days
  alarm_topic_arns     = var.alarm_topic_arns
  asynchronous         = true
}

resource "aws_lambda_permission" "logs" {
  statement_id   = "gateway-access-log"
  action         = "lambda:InvokeFunction"
  function_name  = module.function.name
  principal      = "logs.amazonaws.com"
  source_arn     = "${var.gateway_log_group_arn}:*"
  source_account = data.aws_caller_identity.current.account_id
}

data "aws_caller_identity" "current" {}

# The gateway writes flat JSON: access lines are those of scope "request" (T40).
resource "aws_cloudwatch_log_subscription_filter" "access_log" {
  name            = var.name
  log_group_name  = var.gateway_log_group_name
  filter_pattern  = "{ $.scope = \"request\" }"
  destination_arn = module.function.arn

  depends_on = [aws_lambda_permission.logs]
}
