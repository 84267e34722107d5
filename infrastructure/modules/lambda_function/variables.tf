variable "name" {
  description = "The function's whole name."
  type        = string
}

variable "archive" {
  description = "Path of the function's archive: bootstrap in a zip, as ./dev package builds it."
  type        = string
}

variable "architecture" {
  description = "arm64 or x86_64."
  type        = string
}

variable "memory_mb" {
  description = "Memory in MB; CPU comes with it."
  type        = number
}

variable "timeout_seconds" {
  description = "The function's timeout."
  type        = number
}

variable "reserved_concurrency" {
  description = "How many instances may run."
  type        = number
}

variable "environment" {
  description = "Environment variables; no secrets."
  type        = map(string)
}

variable "statements" {
  description = "What the function may do: IAM statements by name."
  type        = map(object({ actions = list(string), resources = list(string) }))
}

variable "kms_key_arn" {
  description = "The customer key for the log group, the environment and the failure queue."
  type        = string
}

variable "log_retention_days" {
  description = "How long the log group keeps its lines."
  type        = number
}

variable "alarm_topic_arns" {
  description = "Who is notified of errors and throttles."
  type        = list(string)
}

variable "asynchronous" {
  description = "Whether events arrive asynchronously: they then have retries and a failure queue."
  type        = bool
}

variable "retries" {
  description = "How often an asynchronous event that failed is tried again."
  type        = number
  default     = 2
}

variable "event_age_seconds" {
  description = "How long an asynchronous event waits, tries included, before it goes to the failure queue."
  type        = number
  default     = 21600
}
