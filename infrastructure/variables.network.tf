variable "vpc_cidr" {
  description = "The VPC's addresses; four subnets of a quarter each are cut from it."
  type        = string
  default     = "10.40.0.0/20"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && tonumber(split("/", var.vpc_cidr)[1]) <= 24
    error_message = "vpc_cidr must be an IPv4 network of /24 or larger."
  }
}

variable "availability_zones" {
  description = "Two zones; empty: the region's first two."
  type        = list(string)
  default     = []

  validation {
    condition     = contains([0, 2], length(var.availability_zones))
    error_message = "availability_zones must name two zones, or none."
  }
}

variable "nat_per_zone" {
  description = "One NAT gateway in each zone instead of one for both: dearer, and a zone's outage stays in its zone."
  type        = bool
  default     = false
}

variable "enable_interface_endpoints" {
  description = "Private endpoints for Bedrock, ECR, logs, secrets, KMS and STS: less NAT traffic, a fixed price each."
  type        = bool
  default     = false
}

variable "enable_waf" {
  description = "AWS WAF in front of the load balancer, with four managed rule groups."
  type        = bool
  default     = true
}

variable "certificate_arn" {
  description = "The ACM certificate of the load balancer's name; empty: plain HTTP inside the VPC, for development only."
  type        = string
  default     = ""

  validation {
    condition     = var.certificate_arn == "" || can(regex("^arn:aws[a-z-]*:acm:", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of an ACM certificate, or empty."
  }
}

variable "internal" {
  description = "An internal load balancer, reached from the VPC and what is connected to it."
  type        = bool
  default     = true
}

variable "allowed_cidrs" {
  description = "Who may reach the load balancer."
  type        = list(string)
  default     = ["10.0.0.0/8"]

  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrnetmask(cidr))])
    error_message = "allowed_cidrs must be IPv4 networks, at least one."
  }
}

variable "idle_timeout_seconds" {
  description = "How long the load balancer waits for the next byte: long completions are silent for minutes."
  type        = number
  default     = 600

  validation {
    condition     = var.idle_timeout_seconds >= 300 && var.idle_timeout_seconds <= 4000
    error_message = "idle_timeout_seconds must be 300 to 4000: a shorter one cuts long completions."
  }
}
