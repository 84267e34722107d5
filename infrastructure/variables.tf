variable "project" {
  description = "The first part of every name: lower-case letters, digits and dashes."
  type        = string
  default     = "aigateway"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.project))
    error_message = "project must be 2 to 16 lower-case letters, digits and dashes, and begin with a letter."
  }
}

variable "environment" {
  description = "The second part of every name, so that two environments fit into one account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,7}$", var.environment))
    error_message = "environment must be 2 to 8 lower-case letters and digits, such as dev or prod."
  }
}

variable "region" {
  description = "The AWS region."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region, such as eu-central-1."
  }
}

variable "log_retention_days" {
  description = "How long log groups keep their lines, in days."
  type        = number
  default     = 365

  validation {
    condition     = contains([30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "log_retention_days must be one of the values that CloudWatch Logs takes, such as 365."
  }
}

variable "deletion_protection" {
  description = "Protects the tables, the user pool and the load balancer from deletion. On in production."
  type        = bool
  default     = true
}

variable "alarm_topic_arns" {
  description = "SNS topics that alarms notify; empty: alarms only change their state."
  type        = list(string)
  default     = []
}
