provider "aws" {
  access_key                  = "test"
  secret_key                  = "test"
  max_retries                 = 3
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
