module "function" {
  source = "../lambda_function"

  function             = var.function
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = var.reserved_concurrency
  environment          = var.environment
  statements           = local.statements
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
  name            = var.function.name
  log_group_name  = var.gateway_log_group_name
  filter_pattern  = "{ $.scope = \"request\" }"
  destination_arn = module.function.arn

  depends_on = [aws_lambda_permission.logs]
}
