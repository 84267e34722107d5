# Shared by the environments: where the state is, and which module they deploy.
locals {
  environment = basename(get_terragrunt_dir())
  account_id  = get_aws_account_id()
  region      = get_env("AWS_REGION")
}

remote_state {
  backend = "s3"

  config = {
    bucket       = "aigateway-terraform-state-${local.account_id}-${local.region}"
    key          = "${local.environment}/terraform.tfstate"
    region       = local.region
    encrypt      = true
    use_lockfile = true
  }
}

terraform {
  source = "${get_repo_root()}//infrastructure"

  extra_arguments "settings" {
    commands  = get_terraform_commands_that_need_vars()
    arguments = ["-var-file=${get_repo_root()}/infrastructure/environments/${local.environment}.tfvars"]
  }
}

inputs = {
  environment = local.environment
  region      = local.region
  # Terragrunt runs in a copy of infrastructure/: the archives are named from the repository.
  functions = { archive_directory = "${get_repo_root()}/artifacts/package" }
}
