# Combinations that would be unsafe or do nothing are refused before anything is planned.
resource "terraform_data" "guards" {
  lifecycle {
    precondition {
      condition     = !var.enable_jwt || var.certificate_arn != ""
      error_message = "enable_jwt needs certificate_arn: without a certificate there is no HTTPS listener, and tokens would travel in the clear. Give a certificate, or turn enable_jwt off."
    }
    precondition {
      condition     = var.internal || var.certificate_arn != ""
      error_message = "internal is off without certificate_arn: a public load balancer without TLS would send tokens and prompts in the clear. Give a certificate."
    }
    precondition {
      condition     = var.internal || var.enable_waf
      error_message = "internal is off while enable_waf is off: a public load balancer is not left without WAF. Turn enable_waf on."
    }
    precondition {
      condition     = !var.enable_alerts || var.enable_cost_attribution
      error_message = "enable_alerts needs enable_cost_attribution: nothing else writes alerts. Turn enable_alerts off, or enable_cost_attribution on."
    }
    precondition {
      condition     = var.enable_sweep || var.enable_cost_attribution
      error_message = "enable_sweep is off while enable_cost_attribution is off: nothing would ever end a hold, and every hard budget would fill up and refuse everything. Turn one of them on."
    }
    precondition {
      condition     = length(var.alert_emails) == 0 || var.enable_alerts
      error_message = "alert_emails does nothing while enable_alerts is off: turn enable_alerts on, or leave alert_emails empty."
    }
    precondition {
      condition     = !var.guardrails_enforce || var.enable_guardrails
      error_message = "guardrails_enforce needs enable_guardrails: there is no guardrail to enforce. Turn enable_guardrails on."
    }
    precondition {
      condition     = var.store_timeout_ms < var.webhook_timeout_ms
      error_message = "store_timeout_ms must be less than webhook_timeout_ms: the gateway would give up before the store answers."
    }
    precondition {
      condition     = var.webhook_timeout_ms < var.budget_enforcement_timeout_seconds * 1000
      error_message = "webhook_timeout_ms must be less than budget_enforcement_timeout_seconds: the function needs time to give back what it took."
    }
    precondition {
      condition     = !var.providers_enabled.azure || var.azure_resource != ""
      error_message = "providers_enabled.azure needs azure_resource: name the Azure OpenAI resource."
    }
    precondition {
      condition     = !var.providers_enabled.embeddings || var.providers_enabled.openai
      error_message = "providers_enabled.embeddings needs providers_enabled.openai: embeddings go to OpenAI."
    }
    precondition {
      condition     = !var.providers_enabled.bedrock || length(var.bedrock_model_arns) > 0
      error_message = "providers_enabled.bedrock needs bedrock_model_arns: name the models and inference profiles that the gateway may invoke."
    }
    precondition {
      condition     = anytrue([var.providers_enabled.bedrock, var.providers_enabled.anthropic, var.providers_enabled.openai, var.providers_enabled.azure, var.providers_enabled.google, var.providers_enabled.mantle])
      error_message = "providers_enabled names no provider: the gateway would answer 404 to everything. Enable one."
    }
  }
}

check "holds_are_settled" {
  assert {
    condition     = var.enable_cost_attribution
    error_message = "enable_cost_attribution is off: every hold of a hard budget is charged in full when it expires."
  }
}

check "holds_expire" {
  assert {
    condition     = var.enable_sweep
    error_message = "enable_sweep is off: what lost requests held stays held until somebody runs ./dev ledger sweep, and postings that a crash left open stay open."
  }
}
