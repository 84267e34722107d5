variable "name" {
  description = "The function's whole name."
  type        = string
}

variable "function" {
  description = "How the function is built and sized: archive, architecture, memory."
  type        = object({ archive = string, architecture = string, memory_mb = number })
}

variable "timeout_seconds" {
  description = "The function's timeout."
  type        = number
}

variable "reserved_concurrency" {
  description = "How many instances may run."
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
  description = "Settings besides the tables' names."
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

variable "gateway_log_group_name" {
  description = "The gateway's log group."
  type        = string
}

variable "gateway_log_group_arn" {
  description = "Its ARN."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

