locals {
  time_to_live_ms = var.hold_time_to_live_minutes * 60000

  # Metrics that the function writes; errors, throttles and the failure queue are lambda_function's.
  alarms = merge(
    {
      SweepsCompleted = {
        description = "No sweep has completed for three intervals: nothing is overspent, but holds are not released. See the function's log, and its schedule."
        statistic   = "Sum", comparison = "LessThanThreshold", threshold = 1, period = var.interval_minutes * 60, periods = 3
        # The heartbeat: a function that is not even invoked writes nothing.
        missing = "breaching"
      }
      IndexLag = {
        description = "The index of open entries is a quarter of the holds' time-to-live behind, in milliseconds. At half of it the sweep stops."
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = local.time_to_live_ms / 4, period = 300, periods = 1
        missing     = "notBreaching"
      }
    },
    var.verify_schedule == "" ? {} : {
      BookDifferences = {
        description = "Accounts are not what the ledger comes to: event account_differs of the function's log. ./dev ledger rebuild sets them right."
        statistic   = "Maximum", comparison = "GreaterThanThreshold", threshold = 0, period = 300, periods = 1
        # It stays until the next comparison says otherwise.
        missing = "ignore"
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.function.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AiGateway"
  metric_name         = each.key
  dimensions          = { function = "sweep" }
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = each.value.comparison
  treat_missing_data  = each.value.missing
  alarm_actions       = var.function.alarm_topic_arns
  ok_actions          = var.function.alarm_topic_arns
}
