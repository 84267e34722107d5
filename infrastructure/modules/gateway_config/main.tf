locals {
  # The pins stand in one file, which everything reads.
  pins    = { for line in regexall("(?m)^([A-Z_]+)=(.*)$", file("${path.module}/../../../versions.env")) : line[0] => line[1] }
  version = local.pins["AGENTGATEWAY_VERSION"]

  jwks = (
    var.jwks_inline != "" ? jsonencode(var.jwks_inline) :
    var.jwks_file != "" ? jsonencode({ file = var.jwks_file }) :
    jsonencode({ url = var.jwks_url != "" ? var.jwks_url : "${trimsuffix(var.issuer, "/")}/.well-known/jwks.json" })
  )

  rate_limit_spec = { for tier, requests in var.tier_requests_per_minute : tier => {
    maxTokens = requests, tokensPerFill = requests, fillInterval = "60s", type = "requests"
  } }
  rate_limit_policy = { conditional = concat(
    [for tier in sort(keys(local.rate_limit_spec)) : merge({ condition = "jwt[\"custom:tenant_tier\"] == \"${tier}\"" }, local.rate_limit_spec[tier])],
    [local.rate_limit_spec["sandbox"]]
  ) }

  # One rule for each tool and value, in the form that was seen to work on the gateway.
  mcp_rules = flatten([for rule in var.mcp_tools : [for tool in rule.tools : (
    length(rule.values) == 0 ? ["mcp.tool.name == \"${tool}\""] :
    [for value in rule.values : "jwt[\"${rule.claim}\"] == \"${value}\" && mcp.tool.name == \"${tool}\""]
  )]])

  rendered = templatefile("${path.module}/../compute/agentgateway-config.yaml.tftpl", {
    version                 = local.version
    port                    = var.port
    admin_port              = var.admin_port
    stats_port              = var.stats_port
    readiness_port          = var.readiness_port
    drain_seconds           = var.drain_seconds
    max_buffer_bytes        = var.max_buffer_bytes
    tracing                 = var.tracing
    tracing_endpoint        = var.tracing_endpoint
    tracing_sampling        = var.tracing_sampling
    webhook_host            = var.webhook_host
    webhook_port            = var.webhook_port
    webhook_tls             = var.webhook_tls
    webhook_signing         = var.webhook_signing
    webhook_timeout_ms      = var.webhook_timeout_ms
    region                  = var.region
    issuer                  = var.issuer
    jwks                    = local.jwks
    scope_rule              = join(" || ", [for scope in var.invoke_scopes : "s == \"${scope}\""])
    request_timeout_seconds = var.request_timeout_seconds
    retry_attempts          = var.retry_attempts
    output_default          = var.output_default_tokens
    output_ceiling          = var.output_ceiling_tokens
    lanes                   = local.lanes
    openai_provider         = local.providers.openai
    embeddings              = var.embeddings
    groups                  = local.groups
    rate_limits             = var.rate_limits
    rate_limit_policy       = local.rate_limit_policy
    mcp                     = var.mcp
    mcp_rules               = local.mcp_rules
    mcp_targets             = var.mcp_targets
    a2a                     = var.a2a
    a2a_host                = var.a2a_host
    a2a_teams               = var.a2a_teams
  })
  # jsonencode escapes these three for HTML's sake.
  config = replace(replace(replace(local.rendered, "\\u003c", "<"), "\\u003e", ">"), "\\u0026", "&")

  key_providers = toset(flatten([[for lane in local.lanes : lane.providers], var.embeddings ? ["openai"] : []]))
  environment   = sort([for name in local.key_providers : local.provider_facts[name].environment if local.provider_facts[name].environment != ""])
}
