locals {
  namespace = "AiGateway"

  has_attribution = contains(keys(var.function_names), "cost_attribution")

  enforcement_widgets = [
    { title = "Decision latency", stat = "p99", metrics = [[local.namespace, "DecisionLatency", "function", "budget_enforcement"]] },
    { title = "Degraded decisions and failures", stat = "Sum", metrics = [
      [local.namespace, "DegradedDecisions", "function", "budget_enforcement"],
      [local.namespace, "Failures", "function", "budget_enforcement"],
    ] },
    { title = "Held dollars", stat = "Sum", metrics = [[local.namespace, "HeldUsd", "function", "budget_enforcement"]] },
    { title = "Requests and target errors", stat = "Sum", metrics = [
      ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer_arn_suffix],
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer_arn_suffix],
    ] },
    { title = "Gateway CPU and memory", stat = "Average", metrics = [
      ["AWS/ECS", "CPUUtilization", "ClusterName", var.cluster_name, "ServiceName", var.service_name],
      ["AWS/ECS", "MemoryUtilization", "ClusterName", var.cluster_name, "ServiceName", var.service_name],
    ] },
  ]

  attribution_widgets = local.has_attribution ? [
    { title = "Booked dollars", stat = "Sum", metrics = [
      [local.namespace, "MeasuredUsd", "function", "cost_attribution"],
      [local.namespace, "EstimatedUsd", "function", "cost_attribution"],
    ] },
    { title = "Access lines", stat = "Sum", metrics = [
      [local.namespace, "LinesBooked", "function", "cost_attribution"],
      [local.namespace, "LinesDuplicate", "function", "cost_attribution"],
      [local.namespace, "LinesIgnored", "function", "cost_attribution"],
      [local.namespace, "LinesRefused", "function", "cost_attribution"],
    ] },
  ] : []

  sweep_widgets = contains(keys(var.function_names), "sweep") ? [
    { title = "Sweeps: completed, entries expired, buckets released, shares recalled", stat = "Sum", metrics = [
      [local.namespace, "SweepsCompleted", "function", "sweep"],
      [local.namespace, "EntriesExpired", "function", "sweep"],
      [local.namespace, "BucketsReleased", "function", "sweep"],
      [local.namespace, "SharesRecalled", "function", "sweep"],
    ] },
    { title = "Open index: milliseconds behind", stat = "Maximum", metrics = [[local.namespace, "IndexLag", "function", "sweep"]] },
    { title = "Differences between ledger and accounts", stat = "Maximum", metrics = [
      [local.namespace, "BookDifferences", "function", "sweep"],
      [local.namespace, "BookDifferencesPassing", "function", "sweep"],
    ] },
  ] : []

  widgets = concat(local.enforcement_widgets, local.attribution_widgets, local.sweep_widgets)
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode({ widgets = [for i, widget in local.widgets : {
    type   = "metric"
    x      = (i % 3) * 8
    y      = floor(i / 3) * 6
    width  = 8
    height = 6
    properties = {
      title   = widget.title
      region  = var.region
      stat    = widget.stat
      period  = 300
      metrics = widget.metrics
    }
  }] })
}
