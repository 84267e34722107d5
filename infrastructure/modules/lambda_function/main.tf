resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.function.name}"
  retention_in_days = var.function.log_retention_days
  kms_key_id        = var.function.kms_key_arn
}

resource "aws_lambda_function" "this" {
  function_name                  = var.function.name
  role                           = aws_iam_role.this.arn
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  architectures                  = [var.function.architecture]
  filename                       = var.function.archive
  source_code_hash               = try(filebase64sha256(var.function.archive), null)
  memory_size                    = var.function.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency
  kms_key_arn                    = var.function.kms_key_arn

  environment {
    variables = var.environment
  }

  logging_config {
    # The functions write JSON lines and EMF themselves: Lambda must not wrap them.
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = "PassThrough"
  }

  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sqs_queue" "failures" {
  count = var.asynchronous ? 1 : 0

  name                              = "${var.function.name}-failures"
  message_retention_seconds         = 1209600
  kms_master_key_id                 = var.function.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.asynchronous ? 1 : 0

  function_name                = aws_lambda_function.this.function_name
  maximum_retry_attempts       = var.retries
  maximum_event_age_in_seconds = var.event_age_seconds

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failures[0].arn
    }
  }
}
