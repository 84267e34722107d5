# Every toggle on and off, planned without an account: the provider's schema is real, its answers are made up.
mock_provider "aws" {
  source = "./tests/mocks"
}

run "defaults" {
  command = plan

  assert {
    condition     = length(module.cost_attribution) == 1 && length(module.sweep) == 1 && length(module.alerts) == 1 && length(module.guardrails) == 0
    error_message = "By default, requests are booked, swept and alerted on, and no guardrail is made."
  }
}

run "everything_off" {
  command = plan

  variables {
    certificate_arn         = ""
    enable_jwt              = false
    enable_waf              = false
    enable_cost_attribution = false
    enable_alerts           = false
    enable_tracing          = false
    enable_dashboard        = false
    deletion_protection     = false
  }

  # Said aloud, not refused: holds are charged when they expire.
  expect_failures = [check.holds_are_settled]

  assert {
    condition     = length(module.cost_attribution) == 0 && length(module.alerts) == 0
    error_message = "What is off is not made."
  }
}

run "everything_on" {
  command = plan

  variables {
    internal                   = false
    nat_per_zone               = true
    enable_interface_endpoints = true
    enable_guardrails          = true
    guardrails_enforce         = true
    azure_resource             = "example"
    providers_enabled          = { bedrock = true, anthropic = true, openai = true, azure = true, google = true, mantle = true, embeddings = true }
    alert_emails               = ["finops@example.com"]
    client_configs             = { batch = { allowed_scopes = ["invoke"], description = "Nightly batch", team = "search" } }
  }

  assert {
    condition     = length(module.guardrails) == 1 && length(module.clients.client_ids) == 1
    error_message = "What is on is made."
  }
}

run "without_the_sweep" {
  command = plan

  variables {
    enable_sweep = false
  }

  # Said aloud, not refused: an operator may sweep by hand.
  expect_failures = [check.holds_expire]

  assert {
    condition     = length(module.sweep) == 0 && length(module.cost_attribution) == 1
    error_message = "What is off is not made, and nothing else is gone."
  }
}

run "a_sweep_that_never_compares" {
  command = plan

  variables {
    verify_schedule           = ""
    sweep_interval_minutes    = 30
    hold_time_to_live_minutes = 1440
  }

  assert {
    condition     = length(module.sweep) == 1
    error_message = "The sweep does not need the comparison."
  }
}
