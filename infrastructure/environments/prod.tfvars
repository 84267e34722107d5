environment                = "prod"
region                     = "us-east-1"
certificate_arn            = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
internal                   = false
allowed_cidrs              = ["0.0.0.0/0"]
nat_per_zone               = true
enable_interface_endpoints = true
providers_enabled          = { anthropic = true, openai = true, embeddings = true }
bedrock_model_arns = [
  "arn:aws:bedrock:us-east-1:*:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "arn:aws:bedrock:us-east-1:*:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0",
  "arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
]
