locals {
  guardrail = var.guardrails_enforce ? var.guardrail_enforce : var.guardrail_detect

  # One list, rendered into every provider and into every route: a provider's list replaces its route's. The budget
  # webhook stands last, so that nothing refuses after it has reserved.
  guardrail_entries = var.guardrails ? [yamlencode([{ bedrockGuardrails = {
    guardrailIdentifier = local.guardrail.identifier
    guardrailVersion    = local.guardrail.version
    region              = var.region
    policies            = { backendAuth = { aws = {} } }
  } }])] : []

  guards = { for wire_name in concat([""], [for name in values(local.provider_facts_names) : name]) :
    wire_name => trimspace(join("", concat(local.guardrail_entries, [
      templatefile("${path.module}/../compute/agentgateway-guard.yaml.tftpl", { provider = wire_name, groups = local.groups })
  ]))) }

  # The names alone, so that the guards do not depend on the providers that carry them.
  provider_facts_names = { for name, facts in local.provider_facts : name => facts.wire_name }

  # A header of many kilobytes is refused by HTTP front ends: the groups that matter, or all of them up to a bound.
  groups_joined = "jwt[\"cognito:groups\"].join(\",\")"
  groups = length(var.budget_groups) > 0 ? (
    "jwt[\"cognito:groups\"].filter(g, g in ${jsonencode(var.budget_groups)}).join(\",\")"
  ) : "size(${local.groups_joined}) <= 4096 ? ${local.groups_joined} : fail(\"too long\")"
}
