locals {
  # A path is matched exactly; its suffix says how the gateway reads it.
  chat         = { suffix = "/v1/chat/completions", type = "completions" }
  messages     = { suffix = "/v1/messages", type = "messages" }
  count_tokens = { suffix = "/v1/messages/count_tokens", type = "anthropicTokenCount" }
  responses    = { suffix = "/v1/responses", type = "responses" }

  main_providers = concat(var.bedrock ? ["bedrock"] : [], var.anthropic ? ["anthropic"] : [])

  # groups: in order of priority. A lane without a provider is left out, and its paths answer 404.
  all_lanes = [
    {
      name      = "main"
      prefix    = ""
      kinds     = concat([local.chat, local.messages, local.count_tokens], var.bedrock ? [local.responses] : [])
      providers = local.main_providers
      groups    = [for name in local.main_providers : [local.providers[name]]]
      # The route's own guard can name a provider only where there is one.
      guard          = local.guards[length(local.main_providers) == 1 ? local.provider_facts[local.main_providers[0]].wire_name : ""]
      aliases        = var.model_aliases
      prompt_caching = var.prompt_caching && var.bedrock
    },
    {
      name           = "openai"
      prefix         = "/openai"
      kinds          = [local.chat, local.responses]
      providers      = var.openai ? ["openai"] : []
      groups         = [[local.providers.openai]]
      guard          = local.providers.openai.guard
      aliases        = {}
      prompt_caching = false
    },
    {
      name           = "azure"
      prefix         = "/azure"
      kinds          = [local.chat, local.responses]
      providers      = var.azure ? ["azure"] : []
      groups         = [[local.providers.azure]]
      guard          = local.providers.azure.guard
      aliases        = {}
      prompt_caching = false
    },
    {
      name           = "google"
      prefix         = "/google"
      kinds          = [local.chat]
      providers      = var.google ? ["google"] : []
      groups         = [[local.providers.google]]
      guard          = local.providers.google.guard
      aliases        = {}
      prompt_caching = false
    },
    {
      name           = "mantle"
      prefix         = "/mantle"
      kinds          = [local.responses]
      providers      = var.mantle ? ["mantle"] : []
      groups         = [[local.providers.mantle]]
      guard          = local.providers.mantle.guard
      aliases        = {}
      prompt_caching = false
    },
  ]
  lanes = [for lane in local.all_lanes : merge(lane, {
    paths = [for kind in lane.kinds : { path = "${lane.prefix}${kind.suffix}", suffix = kind.suffix, type = kind.type }]
  }) if length(lane.providers) > 0]
}
