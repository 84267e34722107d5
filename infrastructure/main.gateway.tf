module "gateway_config" {
  source = "./modules/gateway_config"

  region             = var.region
  issuer             = module.auth.issuer
  invoke_scopes      = [module.auth.scopes["invoke"], "openid"]
  webhook_host       = module.budget_enforcement.host
  webhook_port       = 443
  webhook_timeout_ms = var.webhook_timeout_ms
  port               = local.gateway_port
  readiness_port     = local.readiness_port
  drain_seconds      = var.drain_seconds
  tracing            = var.enable_tracing
  bedrock            = var.providers_enabled.bedrock
  anthropic          = var.providers_enabled.anthropic
  openai             = var.providers_enabled.openai
  # What guards.tf refuses is not passed on, so that it is refused once, in the root's words.
  azure              = var.providers_enabled.azure && var.azure_resource != ""
  azure_resource     = var.azure_resource
  google             = var.providers_enabled.google
  mantle             = var.providers_enabled.mantle
  embeddings         = var.providers_enabled.embeddings && var.providers_enabled.openai
  guardrails         = var.enable_guardrails
  guardrails_enforce = var.enable_guardrails && var.guardrails_enforce
  guardrail_detect   = var.enable_guardrails ? module.guardrails[0].detect : { identifier = "", version = "" }
  guardrail_enforce  = var.enable_guardrails ? module.guardrails[0].enforce : { identifier = "", version = "" }
}

module "compute" {
  source = "./modules/compute"

  name                = local.name
  region              = var.region
  config              = module.gateway_config.config
  secret_names        = module.gateway_config.environment_names
  image_digest        = local.pins["AGENTGATEWAY_IMAGE_DIGEST"]
  collector_image     = "${local.pins["OTEL_COLLECTOR_IMAGE"]}:${local.pins["OTEL_COLLECTOR_VERSION"]}"
  tracing             = var.enable_tracing
  task_size           = var.task_size
  task_count          = var.task_count
  drain_seconds       = var.drain_seconds
  gateway_port        = local.gateway_port
  readiness_port      = local.readiness_port
  subnet_ids          = module.networking.private_subnet_ids
  security_group_id   = module.networking.gateway_security_group_id
  target_group_arn    = module.networking.target_group_arn
  bedrock_model_arns  = var.providers_enabled.bedrock ? var.bedrock_model_arns : []
  guardrail_arns      = var.enable_guardrails ? module.guardrails[0].arns : []
  mantle              = var.providers_enabled.mantle
  kms_key_arn         = module.observability.key_arn
  gateway_log_group   = module.observability.gateway_log_group
  collector_log_group = module.observability.collector_log_group
}
