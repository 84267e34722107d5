locals {
  # Metrics that the functions write as EMF lines; tests/infrastructure finds each name in the code.
  function_metrics = merge(
    {
      DegradedDecisions = {
        function    = "budget_enforcement", threshold = 0
        description = "A decision was made without the store: the outage policy answered. See the log's reason."
      }
    },
    contains(keys(var.function_names), "cost_attribution") ? {
      LinesRefused = {
        function    = "cost_attribution", threshold = 0
        description = "Log lines that can't be booked: each stands in the function's log with its reason."
      }
      UnpricedRequests = {
        function    = "cost_attribution", threshold = 0
        description = "Requests of a model without a price: add it to the price book or to the prices table."
      }
      PostingsLeftOpen = {
        function    = "cost_attribution", threshold = 100
        description = "Booked amounts that the accounts do not show yet: they still count as holds."
      }
    } : {},
  )
}

resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = local.function_metrics

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = local.namespace
  metric_name         = each.key
  dimensions          = { function = each.value.function }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}
