locals {
  # From the gateway's access log. Bad JSON, closed routes and oversized bodies answer 503 without a provider's fault:
  # they are clients' mistakes and alarm nobody (T98).
  log_metrics = {
    GuardFailed = {
      pattern     = "{ $.scope = \"request\" && $.error = \"processing failed: prompt guard failed\" }"
      threshold   = 5
      description = "The gateway got no decision and refused: see the decision function's log."
    }
    UpstreamFailure = {
      pattern     = "{ $.scope = \"request\" && $.reason = \"UpstreamFailure\" }"
      threshold   = 20
      description = "Providers could not be reached."
    }
    UpstreamTimeout = {
      pattern     = "{ $.scope = \"request\" && $.reason = \"Timeout\" }"
      threshold   = 20
      description = "Providers did not answer in time; each is booked as an estimate."
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "gateway" {
  for_each = local.log_metrics

  name           = "${var.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.gateway.name
  pattern        = each.value.pattern

  metric_transformation {
    namespace     = "AiGateway/AccessLog"
    name          = "${var.name}-${each.key}"
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "gateway" {
  for_each = local.log_metrics

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AiGateway/AccessLog"
  metric_name         = aws_cloudwatch_log_metric_filter.gateway[each.key].metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "no_healthy_task" {
  alarm_name          = "${var.name}-no-healthy-task"
  alarm_description   = "No gateway task answers its readiness port."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = { LoadBalancer = var.load_balancer_arn_suffix, TargetGroup = var.target_group_arn_suffix }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}
