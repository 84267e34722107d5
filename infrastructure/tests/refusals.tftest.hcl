# Unsafe or meaningless combinations are refused before anything is planned (T82).
mock_provider "aws" {
  source = "./tests/mocks"
}

run "jwt_without_a_certificate" {
  command = plan

  variables {
    certificate_arn = ""
  }

  expect_failures = [terraform_data.guards]
}

run "a_public_load_balancer_without_tls" {
  command = plan

  variables {
    certificate_arn = ""
    enable_jwt      = false
    internal        = false
  }

  expect_failures = [terraform_data.guards]
}

run "a_public_load_balancer_without_waf" {
  command = plan

  variables {
    internal   = false
    enable_waf = false
  }

  expect_failures = [terraform_data.guards]
}

run "alerts_that_nothing_writes" {
  command = plan

  variables {
    enable_cost_attribution = false
  }

  expect_failures = [terraform_data.guards, check.holds_are_settled]
}

run "addresses_without_alerts" {
  command = plan

  variables {
    enable_alerts = false
    alert_emails  = ["finops@example.com"]
  }

  expect_failures = [terraform_data.guards]
}

run "enforcing_a_guardrail_that_is_not_made" {
  command = plan

  variables {
    guardrails_enforce = true
  }

  expect_failures = [terraform_data.guards]
}

run "a_store_slower_than_the_gateway_waits" {
  command = plan

  variables {
    store_timeout_ms = 2000
  }

  expect_failures = [terraform_data.guards]
}

run "a_function_that_ends_before_the_gateway_gives_up" {
  command = plan

  variables {
    budget_enforcement_timeout_seconds = 2
  }

  expect_failures = [terraform_data.guards]
}

run "azure_without_its_resource" {
  command = plan

  variables {
    providers_enabled = { azure = true }
  }

  expect_failures = [terraform_data.guards]
}

run "embeddings_without_openai" {
  command = plan

  variables {
    providers_enabled = { embeddings = true }
  }

  expect_failures = [terraform_data.guards]
}

run "bedrock_without_models" {
  command = plan

  variables {
    bedrock_model_arns = []
  }

  expect_failures = [terraform_data.guards]
}

run "no_provider_at_all" {
  command = plan

  variables {
    providers_enabled = { bedrock = false }
  }

  expect_failures = [terraform_data.guards]
}

run "holds_that_nothing_ever_ends" {
  command = plan

  variables {
    enable_sweep            = false
    enable_cost_attribution = false
    enable_alerts           = false
  }

  expect_failures = [terraform_data.guards, check.holds_are_settled, check.holds_expire]
}
