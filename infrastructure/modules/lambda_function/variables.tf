variable "function" {
  description = "Its whole name; the path of its archive, bootstrap in a zip as ./dev package builds it; arm64 or x86_64; memory in MB, CPU comes with it; the customer key for log group, environment and failure queue; how long the log group keeps its lines; who is notified."
  type = object({
    name               = string
    archive            = string
    architecture       = string
    memory_mb          = number
    kms_key_arn        = string
    log_retention_days = number
    alarm_topic_arns   = list(string)
  })
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
