locals {
  # Loopback, private addresses, and names that only a private network resolves.
  private_host = "^(localhost|127\\.[0-9.]+|10\\.[0-9.]+|192\\.168\\.[0-9.]+|172\\.(1[6-9]|2[0-9]|3[01])\\.[0-9.]+|host\\.docker\\.internal|[A-Za-z][A-Za-z0-9-]*)$"

  webhook_is_private = can(regex(local.private_host, var.webhook_host))
  plain_urls         = [for url in [var.issuer, var.jwks_url] : url if startswith(url, "http://") && !can(regex(local.private_host, regex("^http://([^/:]+)", url)[0]))]
  public_overrides   = [for host in values(var.provider_hosts) : host if !can(regex(local.private_host, split(":", host)[0]))]

  # Half of the 64 KiB that a whole task definition may have, measured as it stands there: JSON-encoded.
  config_bytes_max = 49152
}

output "config" {
  description = "The gateway's configuration, YAML, to be delivered with -c."
  value       = local.config

  precondition {
    condition     = var.webhook_tls || local.webhook_is_private
    error_message = "webhook_tls is off although webhook_host is public: the headers that say who is asking would travel unprotected. Turn webhook_tls on."
  }
  precondition {
    condition     = var.webhook_signing || local.webhook_is_private
    error_message = "webhook_signing is off although webhook_host is public: a Function URL that takes unsigned calls lets anyone spend for anyone. Turn webhook_signing on."
  }
  precondition {
    condition     = length(local.plain_urls) == 0
    error_message = "issuer or jwks_url is plain http to a public host: whoever sits between could sign tokens. Use https."
  }
  precondition {
    condition     = length([for source in [var.jwks_url, var.jwks_file, var.jwks_inline] : source if source != ""]) <= 1
    error_message = "Only one of jwks_url, jwks_file and jwks_inline can be given: leave the others empty."
  }
  precondition {
    condition     = var.provider_tls || length(local.public_overrides) == 0
    error_message = "provider_tls is off although provider_hosts names a public host: keys and prompts would travel in the clear. Turn provider_tls on."
  }
  precondition {
    condition     = !var.embeddings || var.openai
    error_message = "embeddings goes to OpenAI: turn openai on, or embeddings off."
  }
  precondition {
    condition     = !var.guardrails_enforce || var.guardrails
    error_message = "guardrails_enforce does nothing while guardrails is off: turn guardrails on."
  }
  precondition {
    condition     = !var.guardrails || local.guardrail.identifier != ""
    error_message = "guardrails is on without a guardrail: give guardrail_detect, or guardrail_enforce where guardrails_enforce is on."
  }
  precondition {
    condition     = !var.azure || var.azure_resource != ""
    error_message = "azure is on without azure_resource: name the Azure OpenAI resource."
  }
  precondition {
    condition     = !var.mcp || (length(var.mcp_targets) > 0 && length(var.mcp_tools) > 0)
    error_message = "mcp is on without mcp_targets or without mcp_tools: name a server, and who may use which of its tools."
  }
  precondition {
    condition     = !var.a2a || (var.a2a_host != "" && length(var.a2a_teams) > 0)
    error_message = "a2a is on without a2a_host or without a2a_teams: name the agent, and the teams that may talk to it."
  }
  precondition {
    condition     = var.output_default_tokens >= 1 && var.output_default_tokens <= var.output_ceiling_tokens
    error_message = "output_default_tokens must be at least 1 and at most output_ceiling_tokens."
  }
  precondition {
    condition     = var.webhook_timeout_ms < var.request_timeout_seconds * 1000
    error_message = "webhook_timeout_ms must be less than request_timeout_seconds: a request would end before its decision."
  }
  precondition {
    condition     = length(distinct([var.port, var.admin_port, var.stats_port, var.readiness_port])) == 4
    error_message = "port, admin_port, stats_port and readiness_port must differ from each other."
  }
  precondition {
    condition     = length(regexall("\\$", replace(local.config, "/\\$\\{[A-Z_]+:-not-set\\}/", ""))) == 0
    error_message = "A value has a dollar sign, which the gateway would expand from its environment: leave it out."
  }
  precondition {
    condition     = length(jsonencode(local.config)) <= local.config_bytes_max
    error_message = "The configuration is too large for a task definition: turn a lane off, or shorten a list."
  }
}

output "environment_names" {
  description = "Environment variables that hold provider keys; the task definition takes them from secrets."
  value       = local.environment
}

output "version" {
  description = "The gateway version that the configuration is written for."
  value       = local.version
}
