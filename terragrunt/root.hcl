# Shared by the environments: where the state is, and which module they deploy. tests/infrastructure evaluates this as Terragrunt would.
locals {
  environment = basename(get_terragrunt_dir())
  settings    = "${get_repo_root()}/infrastructure/environments/${local.environment}.tfvars"
  # The settings' own region, so that the state is where the deployment is.
  region     = jsondecode(read_tfvars_file(local.settings)).region
  account_id = get_aws_account_id()
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
  # The repository is copied from its root, because infrastructure/ reads versions.env; what it does not read is left out.
  source            = "${get_repo_root()}//infrastructure"
  exclude_from_copy = ["artifacts", "docs", "functions", "local", "prices", "shared", "tests"]

  extra_arguments "settings" {
    commands           = get_terraform_commands_that_need_vars()
    required_var_files = [local.settings]
  }
}

# A setting of the same name in the environment's file would win over these.
inputs = {
  # Terraform runs in the copy: the archives are named from the repository.
  functions = { archive_directory = "${get_repo_root()}/artifacts/package" }
}
