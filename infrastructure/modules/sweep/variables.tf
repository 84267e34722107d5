variable "name" {
  description = "The function's whole name."
  type        = string
}

variable "function" {
  description = "How the function is built and sized: archive, architecture, memory."
  type        = object({ archive = string, architecture = string, memory_mb = number })
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

variable "table_prefix" {
  description = "What every table's name begins with."
  type        = string
}

variable "table_arns" {
  description = "Table ARNs by their part in the design."
  type        = map(string)
}

variable "environment" {
  description = "Settings besides the tables' names and the holds' life."
  type        = map(string)
}

variable "kms_key_arn" {
  description = "The customer key."
  type        = string
}

variable "log_retention_days" {
  description = "How long log groups keep their lines."
  type        = number
}

variable "alarm_topic_arns" {
  description = "Who is notified."
  type        = list(string)
}
