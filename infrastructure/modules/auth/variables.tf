variable "name" {
  description = "The environment's name."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "deletion_protection" {
  description = "Protects the user pool from deletion."
  type        = bool
}

variable "resource_server_identifier" {
  description = "The identifier of the gateway's resource server; its scopes are <identifier>/invoke and /admin."
  type        = string
  default     = "https://ai-gateway.internal"
}

variable "load_balancer_arn" {
  description = "The load balancer."
  type        = string
}

variable "target_group_arn" {
  description = "The gateway's target group."
  type        = string
}

variable "certificate_arn" {
  description = "The certificate; empty: plain HTTP."
  type        = string
}

variable "verify_tokens" {
  description = "Whether the load balancer verifies tokens before the gateway does."
  type        = bool
}

