environment         = "dev"
region              = "us-east-1"
deletion_protection = false
enable_jwt          = false
task_count          = { min = 1, max = 2 }
task_size           = { cpu = 512, memory = 1024 }
bedrock_model_arns = [
  "arn:aws:bedrock:us-east-1:*:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "arn:aws:bedrock:*::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0",
]
