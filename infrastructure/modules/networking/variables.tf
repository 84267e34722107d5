variable "name" {
  description = "The environment's name."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "vpc_cidr" {
  description = "The VPC's addresses."
  type        = string
}

variable "availability_zones" {
  description = "Two zones; empty: the region's first two."
  type        = list(string)
}

variable "nat_per_zone" {
  description = "One NAT gateway in each zone."
  type        = bool
}

variable "enable_interface_endpoints" {
  description = "Private endpoints for AWS services."
  type        = bool
}

variable "enable_waf" {
  description = "AWS WAF in front of the load balancer."
  type        = bool
}

variable "internal" {
  description = "An internal load balancer."
  type        = bool
}

variable "tls" {
  description = "Whether the load balancer serves HTTPS."
  type        = bool
}

variable "allowed_cidrs" {
  description = "Who may reach the load balancer."
  type        = list(string)
}

variable "idle_timeout_seconds" {
  description = "The load balancer's idle timeout."
  type        = number
}

variable "deletion_protection" {
  description = "Protects the load balancer from deletion."
  type        = bool
}

variable "gateway_port" {
  description = "Where the gateway listens."
  type        = number
}

variable "readiness_port" {
  description = "Where the gateway says that it is ready."
  type        = number
}

variable "kms_key_arn" {
  description = "The customer key for the WAF's log group."
  type        = string
}

variable "log_retention_days" {
  description = "How long log groups keep their lines."
  type        = number
}

