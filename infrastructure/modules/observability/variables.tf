variable "name" {
  description = "The environment's name."
  type        = string
}

variable "region" {
  description = "The AWS region."
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

variable "dashboard" {
  description = "Whether the dashboard and the saved queries are made."
  type        = bool
}

variable "load_balancer_arn_suffix" {
  description = "The load balancer's name in metrics."
  type        = string
}

variable "target_group_arn_suffix" {
  description = "The target group's name in metrics."
  type        = string
}

variable "cluster_name" {
  description = "The ECS cluster."
  type        = string
}

variable "service_name" {
  description = "The ECS service."
  type        = string
}

variable "function_names" {
  description = "The functions' names, by capability."
  type        = map(string)
}

variable "function_log_groups" {
  description = "The functions' log groups, by capability."
  type        = map(string)
}

