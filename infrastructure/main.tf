locals {
  name = "${var.project}-${var.environment}"

  # The pins stand in one file, which everything reads.
  pins = { for line in regexall("(?m)^([A-Z_]+)=(.*)$", file("${path.module}/../versions.env")) : line[0] => line[1] }

  gateway_port   = 8787
  readiness_port = 15021

  # A batch of lines in some transactions; Lambda delivers it again when it fails.
  cost_attribution_timeout_seconds = 120

  # Less than the shortest interval: a sweep that takes longer goes on in the next one.
  sweep_timeout_seconds = 540
}

module "observability" {
  source = "./modules/observability"

  name                     = local.name
  region                   = var.region
  log_retention_days       = var.log_retention_days
  alarm_topic_arns         = var.alarm_topic_arns
  dashboard                = var.enable_dashboard
  load_balancer_arn_suffix = module.networking.load_balancer_arn_suffix
  target_group_arn_suffix  = module.networking.target_group_arn_suffix
  cluster_name             = module.compute.cluster_name
  service_name             = module.compute.service_name
  function_names = merge(
    { budget_enforcement = module.budget_enforcement.function_name },
    { for name in [for function in module.cost_attribution : function.function_name] : "cost_attribution" => name },
    { for name in [for function in module.sweep : function.function_name] : "sweep" => name },
  )
  function_log_groups = merge(
    { budget_enforcement = module.budget_enforcement.log_group_name },
    { for name in [for function in module.cost_attribution : function.log_group_name] : "cost_attribution" => name },
    { for name in [for function in module.sweep : function.log_group_name] : "sweep" => name },
  )
}

module "tables" {
  source = "./modules/tables"

  name                = local.name
  kms_key_arn         = module.observability.key_arn
  deletion_protection = var.deletion_protection
}

module "networking" {
  source = "./modules/networking"

  name                       = local.name
  region                     = var.region
  vpc_cidr                   = var.vpc_cidr
  availability_zones         = var.availability_zones
  nat_per_zone               = var.nat_per_zone
  enable_interface_endpoints = var.enable_interface_endpoints
  enable_waf                 = var.enable_waf
  internal                   = var.internal
  tls                        = var.certificate_arn != ""
  allowed_cidrs              = var.allowed_cidrs
  idle_timeout_seconds       = var.idle_timeout_seconds
  deletion_protection        = var.deletion_protection
  gateway_port               = local.gateway_port
  readiness_port             = local.readiness_port
  kms_key_arn                = module.observability.key_arn
  log_retention_days         = var.log_retention_days
}

module "auth" {
  source = "./modules/auth"

  name                = local.name
  region              = var.region
  deletion_protection = var.deletion_protection
  load_balancer_arn   = module.networking.load_balancer_arn
  target_group_arn    = module.networking.target_group_arn
  certificate_arn     = var.certificate_arn
  verify_tokens       = var.enable_jwt
}

module "clients" {
  source = "./modules/clients"

  name               = local.name
  user_pool_id       = module.auth.user_pool_id
  scopes             = module.auth.scopes
  clients_table_name = module.tables.names["clients"]
  client_configs     = var.client_configs
}

module "guardrails" {
  source = "./modules/guardrails"
  count  = var.enable_guardrails ? 1 : 0

  name        = local.name
  kms_key_arn = module.observability.key_arn
}
