# Every toggle on and off, planned without an account: the provider's schema is real, its answers are made up.
mock_provider "aws" {
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  environment        = "dev"
  region             = "us-east-1"
  certificate_arn    = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  bedrock_model_arns = ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0"]
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
