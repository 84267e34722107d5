module "function" {
  source = "../lambda_function"

  function             = var.function
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = var.reserved_concurrency
  environment          = var.environment
  statements           = local.statements
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
