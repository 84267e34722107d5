resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = {
    Errors    = "The function threw or timed out. Its log group says why; the gateway has failed closed meanwhile."
    Throttles = "The function's reserved concurrency is used up: calls are refused."
  }

  alarm_name          = "${var.function.name}-${lower(each.key)}"
  alarm_description   = each.value
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.function.alarm_topic_arns
  ok_actions          = var.function.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "failures" {
  count = var.asynchronous ? 1 : 0

  alarm_name          = "${var.function.name}-failures"
  alarm_description   = "Events that could not be handled after all retries wait in the failure queue."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failures[0].name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.function.alarm_topic_arns
  ok_actions          = var.function.alarm_topic_arns
}
