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
  asynchronous         = false
}

# IAM only, and no other door (T60, T95): what the function is told stands in headers that the signature does not cover.
resource "aws_lambda_function_url" "this" {
  function_name      = module.function.name
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_permission" "url" {
  statement_id           = "gateway-function-url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = module.function.name
  principal              = var.caller_role_arn
  function_url_auth_type = "AWS_IAM"
}

# Function URLs made since October 2025 ask for this right as well.
resource "aws_lambda_permission" "function" {
  statement_id  = "gateway-function"
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  principal     = var.caller_role_arn
}

data "aws_iam_policy_document" "caller" {
  statement {
    sid       = "AskForDecisions"
    actions   = ["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"]
    resources = [module.function.arn]
  }
}

resource "aws_iam_role_policy" "caller" {
  name   = "budget-enforcement"
  role   = var.caller_role_name
  policy = data.aws_iam_policy_document.caller.json
}
