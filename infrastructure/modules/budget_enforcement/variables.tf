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
  description = "The function's timeout."
  type        = number
}

variable "reserved_concurrency" {
  description = "How many instances may run."
  type        = number
}

variable "table_arns" {
  description = "Table ARNs by their part in the design."
  type        = map(string)
}

variable "environment" {
  description = "Its settings."
  type        = map(string)
}

variable "caller_role_arn" {
  description = "The only role that may ask for a decision: the gateway's."
  type        = string
}

variable "caller_role_name" {
  description = "The name of that role."
  type        = string
}
