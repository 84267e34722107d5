locals {
  # What is deployed of functions/.
  function_names = ["budget_enforcement", "cost_attribution", "sweep"]

  function = { for name in local.function_names : name => {
    name               = "${local.name}-${replace(name, "_", "-")}"
    archive            = "${var.functions.archive_directory}/${name}-${var.functions.architecture}.zip"
    architecture       = var.functions.architecture
    memory_mb          = var.functions.memory_mb
    kms_key_arn        = module.observability.key_arn
    log_retention_days = var.log_retention_days
    alarm_topic_arns   = var.alarm_topic_arns
  } }

  function_environment = {
    STORE_TIMEOUT_MS = tostring(var.store_timeout_ms)
    TABLE_PREFIX     = module.tables.prefix
  }
}

module "budget_enforcement" {
  source = "./modules/budget_enforcement"

  function             = local.function["budget_enforcement"]
  timeout_seconds      = var.budget_enforcement_timeout_seconds
  reserved_concurrency = var.budget_enforcement_concurrency
  table_arns           = module.tables.arns
  environment = merge(local.function_environment, {
    WEBHOOK_TIMEOUT_MS  = tostring(var.webhook_timeout_ms)
    FUNCTION_TIMEOUT_MS = tostring(var.budget_enforcement_timeout_seconds * 1000)
    DEFAULT_TIER        = var.default_tier
  })
  caller_role_arn  = module.compute.task_role_arn
  caller_role_name = module.compute.task_role_name
}

module "cost_attribution" {
  source = "./modules/cost_attribution"
  count  = var.enable_cost_attribution ? 1 : 0

  function             = local.function["cost_attribution"]
  timeout_seconds      = local.cost_attribution_timeout_seconds
  reserved_concurrency = var.cost_attribution_concurrency
  table_arns           = module.tables.arns
  environment = merge(local.function_environment, {
    FUNCTION_TIMEOUT_MS = tostring(local.cost_attribution_timeout_seconds * 1000)
    DEFAULT_TIER        = var.default_tier
  })
  gateway_log_group_name = module.observability.gateway_log_group.name
  gateway_log_group_arn  = module.observability.gateway_log_group.arn
}

module "sweep" {
  source = "./modules/sweep"
  count  = var.enable_sweep ? 1 : 0

  function                  = local.function["sweep"]
  timeout_seconds           = local.sweep_timeout_seconds
  interval_minutes          = var.sweep_interval_minutes
  verify_schedule           = var.verify_schedule
  hold_time_to_live_minutes = var.hold_time_to_live_minutes
  table_arns                = module.tables.arns
  environment = merge(local.function_environment, {
    FUNCTION_TIMEOUT_MS = tostring(local.sweep_timeout_seconds * 1000)
  })
}

module "alerts" {
  source = "./modules/alerts"
  count  = var.enable_alerts ? 1 : 0

  name        = local.name
  stream_arn  = module.tables.stream_arns["alerts"]
  kms_key_arn = module.observability.key_arn
  emails      = var.alert_emails
}
