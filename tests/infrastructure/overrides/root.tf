# The deployed constraints are newer than what a machine without the registry may have. For tests only.
terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }

  backend "local" {}
}
