variable "name" {
  description = "The environment's name."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "config" {
  description = "The gateway's configuration, as the gateway_config module renders it."
  type        = string
}

variable "secret_names" {
  description = "Environment variables that hold provider keys; a secret is made for each."
  type        = list(string)
}

variable "image_digest" {
  description = "The gateway image's digest, from versions.env; the release workflow pushes it to the repository made here."
  type        = string
}

variable "collector_image" {
  description = "The OpenTelemetry collector's image."
  type        = string
}

variable "tracing" {
  description = "Whether the collector runs beside the gateway."
  type        = bool
}

variable "task_size" {
  description = "CPU units and memory in MiB."
  type        = object({ cpu = number, memory = number })
}

variable "task_count" {
  description = "How many tasks at least and at most."
  type        = object({ min = number, max = number })
}

variable "drain_seconds" {
  description = "How long open streams may run on when a task stops; the configuration has the same."
  type        = number
}

variable "gateway_port" {
  description = "Where the gateway listens."
  type        = number
}

variable "readiness_port" {
  description = "Where the gateway says that it is ready."
  type        = number
}

variable "subnet_ids" {
  description = "Where the tasks run."
  type        = list(string)
}

variable "security_group_id" {
  description = "The tasks' security group."
  type        = string
}

variable "target_group_arn" {
  description = "The load balancer's target group."
  type        = string
}

variable "bedrock_model_arns" {
  description = "Models and inference profiles that the gateway may invoke."
  type        = list(string)
}

variable "guardrail_arns" {
  description = "Guardrails that the gateway may apply."
  type        = list(string)
}

variable "mantle" {
  description = "Whether the gateway calls Bedrock's OpenAI-compatible endpoint."
  type        = bool
}

variable "kms_key_arn" {
  description = "The customer key."
  type        = string
}

variable "gateway_log_group" {
  description = "Where the gateway logs."
  type        = object({ name = string, arn = string })
}

variable "collector_log_group" {
  description = "Where the collector logs, and writes metrics."
  type        = object({ name = string, arn = string })
}

