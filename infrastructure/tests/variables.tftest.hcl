# A setting's own limits.
mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_long_environment" {
  command = plan

  variables {
    environment = "production"
  }

  expect_failures = [var.environment]
}

run "a_region_that_is_none" {
  command = plan

  variables {
    region = "everywhere"
  }

  expect_failures = [var.region]
}

run "a_retention_that_cloudwatch_does_not_take" {
  command = plan

  variables {
    log_retention_days = 100
  }

  expect_failures = [var.log_retention_days]
}

run "a_network_too_small" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/28"
  }

  expect_failures = [var.vpc_cidr]
}

run "one_zone" {
  command = plan

  variables {
    availability_zones = ["us-east-1a"]
  }

  expect_failures = [var.availability_zones]
}

run "a_certificate_of_something_else" {
  command = plan

  variables {
    certificate_arn = "arn:aws:iam::123456789012:server-certificate/x"
  }

  expect_failures = [var.certificate_arn]
}

run "an_idle_timeout_that_cuts_completions" {
  command = plan

  variables {
    idle_timeout_seconds = 60
  }

  expect_failures = [var.idle_timeout_seconds]
}

run "a_scope_that_is_none" {
  command = plan

  variables {
    client_configs = { batch = { allowed_scopes = ["everything"], description = "x" } }
  }

  expect_failures = [var.client_configs]
}

run "every_model_there_is" {
  command = plan

  variables {
    bedrock_model_arns = ["*"]
  }

  expect_failures = [var.bedrock_model_arns]
}

run "a_processor_that_lambda_has_not" {
  command = plan

  variables {
    functions = { architecture = "riscv" }
  }

  expect_failures = [var.functions]
}

run "a_tier_that_is_none" {
  command = plan

  variables {
    default_tier = "gold"
  }

  expect_failures = [var.default_tier]
}

run "a_task_size_that_fargate_has_not" {
  command = plan

  variables {
    task_size = { cpu = 1000, memory = 2048 }
  }

  expect_failures = [var.task_size]
}

run "fewer_tasks_at_most_than_at_least" {
  command = plan

  variables {
    task_count = { min = 3, max = 2 }
  }

  expect_failures = [var.task_count]
}

run "a_drain_longer_than_fargate_waits" {
  command = plan

  variables {
    drain_seconds = 110
  }

  expect_failures = [var.drain_seconds]
}

run "sweeps_that_would_overlap" {
  command = plan

  variables {
    sweep_interval_minutes = 5
  }

  expect_failures = [var.sweep_interval_minutes]
}

run "holds_that_end_before_their_request" {
  command = plan

  variables {
    hold_time_to_live_minutes = 10
  }

  expect_failures = [var.hold_time_to_live_minutes]
}

run "a_schedule_in_words" {
  command = plan

  variables {
    verify_schedule = "daily"
  }

  expect_failures = [var.verify_schedule]
}
