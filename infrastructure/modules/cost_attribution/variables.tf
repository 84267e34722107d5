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

variable "gateway_log_group_name" {
  description = "The gateway's log group."
  type        = string
}

variable "gateway_log_group_arn" {
  description = "Its ARN."
  type        = string
}
