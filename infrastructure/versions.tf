terraform {
  required_version = "~> 1.14"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.22"
    }
  }

  # Bucket, key and lock are given at init: docs/deployment.md.
  backend "s3" {}
}
