locals {
  # Where keys stand in the gateway's environment. A missing one fails its provider's calls, not the gateway's start.
  key_names = { anthropic = "ANTHROPIC_API_KEY", openai = "OPENAI_API_KEY", azure = "AZURE_OPENAI_API_KEY", google = "GOOGLE_API_KEY" }
  keys      = { for provider, name in local.key_names : provider => "$${${name}:-not-set}" }

  # wire_name is what the gateway itself calls the provider, in the log and towards the webhook: the price book's name.
  # path_prefix counts only with another host: without it the client's own path would go upstream.
  provider_facts = {
    bedrock = {
      wire_name   = "aws.bedrock", path_prefix = "/"
      provider    = jsonencode({ bedrock = { region = var.region } })
      auth        = jsonencode({ aws = {} })
      environment = ""
    }
    anthropic = {
      wire_name   = "anthropic", path_prefix = "/v1"
      provider    = jsonencode({ anthropic = { for name, model in { model = var.anthropic_failover_model } : name => model if var.bedrock } })
      auth        = jsonencode({ key = local.keys.anthropic })
      environment = local.key_names.anthropic
    }
    openai = {
      wire_name   = "openai", path_prefix = "/v1"
      provider    = jsonencode({ openAI = {} })
      auth        = jsonencode({ key = local.keys.openai })
      environment = local.key_names.openai
    }
    azure = {
      wire_name   = "azure", path_prefix = "/"
      provider    = jsonencode({ azure = { resourceName = var.azure_resource, resourceType = "openAI" } })
      auth        = jsonencode({ key = { value = local.keys.azure, location = { header = { name = "api-key" } } } })
      environment = local.key_names.azure
    }
    google = {
      wire_name   = "gcp.gemini", path_prefix = "/"
      provider    = jsonencode({ gemini = {} })
      auth        = jsonencode({ key = local.keys.google })
      environment = local.key_names.google
    }
    mantle = {
      wire_name   = "bedrock-mantle", path_prefix = ""
      provider    = jsonencode({ custom = { providerOverride = "bedrock-mantle", formats = [{ type = "responses", path = "/openai/v1/responses" }] } })
      auth        = jsonencode({ aws = { serviceName = "bedrock-mantle", region = var.region } })
      environment = ""
    }
  }
  providers = { for name, facts in local.provider_facts : name => merge(facts, {
    name        = name
    host        = lookup(var.provider_hosts, name, name == "mantle" ? "bedrock-mantle.${var.region}.api.aws:443" : "")
    path_prefix = contains(keys(var.provider_hosts), name) ? facts.path_prefix : ""
    # Another host gets no TLS by itself; a provider's own host does, but for a custom provider.
    tls   = contains(keys(var.provider_hosts), name) ? var.provider_tls : name == "mantle"
    guard = local.guards[facts.wire_name]
  }) }
}
