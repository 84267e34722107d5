resource "aws_sns_topic" "this" {
  name              = "${var.name}-budget-alerts"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.emails)

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_sqs_queue" "failures" {
  name                              = "${var.name}-budget-alerts-failures"
  message_retention_seconds         = 1209600
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

# New alert items only: an alert is written once, and removed by nobody.
resource "aws_pipes_pipe" "this" {
  name     = "${var.name}-budget-alerts"
  role_arn = aws_iam_role.pipe.arn
  source   = var.stream_arn
  target   = aws_sns_topic.this.arn

  source_parameters {
    dynamodb_stream_parameters {
      starting_position      = "TRIM_HORIZON"
      batch_size             = 1
      maximum_retry_attempts = 10
      dead_letter_config {
        arn = aws_sqs_queue.failures.arn
      }
    }
    filter_criteria {
      filter {
        pattern = jsonencode({ eventName = ["INSERT"] })
      }
    }
  }

  target_parameters {
    input_template = <<-EOT
      {"scope_period": <$.dynamodb.NewImage.scope_period.S>, "threshold_percent": <$.dynamodb.NewImage.threshold.N>}
    EOT
  }

  depends_on = [aws_iam_role_policy.pipe]
}
