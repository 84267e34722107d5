variable "function" {
  description = "What all functions share: name, archive, processor, memory, the customer key, how long logs are kept and whom alarms notify."
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
  description = "The function's timeout: a sweep waits a minute between its looks at the index."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 125 && var.timeout_seconds < var.interval_minutes * 60
    error_message = "timeout_seconds must be at least 125 and less than the interval: a sweep takes two minutes at least, and only one runs at a time."
  }
}

variable "interval_minutes" {
  description = "How often a sweep begins."
  type        = number
}

variable "verify_schedule" {
  description = "When the accounts are held against the ledger, as EventBridge Scheduler takes it; empty: never."
  type        = string
}

variable "hold_time_to_live_minutes" {
  description = "How long a hold waits for its log line."
  type        = number
}

variable "table_arns" {
  description = "Table ARNs by their part in the design."
  type        = map(string)
}

variable "environment" {
  description = "Its settings besides the holds' life."
  type        = map(string)
}
