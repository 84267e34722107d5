module "function" {
  source = "../lambda_function"

  function             = var.function
  timeout_seconds      = var.timeout_seconds
  reserved_concurrency = 1
  environment          = merge(var.environment, { HOLD_TIME_TO_LIVE_MINUTES = tostring(var.hold_time_to_live_minutes) })
  statements           = local.statements
  asynchronous         = true
  # The next sweep does the same work: an event that waited longer than one interval is worth nothing.
  retries           = 1
  event_age_seconds = var.interval_minutes * 60
}

locals {
  # By the action that the function is asked for. In step with each other: a comparison begins between two sweeps.
  schedules = merge(
    { sweep = { expression = "cron(0/${var.interval_minutes} * * * ? *)", description = "Expires holds that no log line has cleared" } },
    var.verify_schedule == "" ? {} : { verify = { expression = var.verify_schedule, description = "Holds the accounts against the ledger" } },
  )
}

resource "aws_scheduler_schedule" "this" {
  for_each = local.schedules

  name                         = "${var.function.name}-${each.key}"
  description                  = each.value.description
  schedule_expression          = each.value.expression
  schedule_expression_timezone = "UTC"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.function.arn
    role_arn = aws_iam_role.schedule.arn
    input    = jsonencode({ action = each.key })

    retry_policy {
      maximum_retry_attempts       = 3
      maximum_event_age_in_seconds = var.interval_minutes * 60
    }

    dead_letter_config {
      arn = module.function.failure_queue_arn
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}
