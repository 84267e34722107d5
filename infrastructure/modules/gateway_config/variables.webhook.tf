variable "webhook_host" {
  description = "Host of budget_enforcement's Function URL, without scheme, port and path."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", var.webhook_host))
    error_message = "webhook_host must be a host name or an IPv4 address, without scheme, port and path."
  }
}

variable "webhook_port" {
  description = "Port of the Function URL."
  type        = number
  nullable    = false
  default     = 443

  validation {
    condition     = var.webhook_port >= 1 && var.webhook_port <= 65535 && floor(var.webhook_port) == var.webhook_port
    error_message = "webhook_port must be a port, 1 to 65535."
  }
}

variable "webhook_tls" {
  description = "TLS to the webhook. What it is told in headers is trustworthy only through TLS: off only inside a private network."
  type        = bool
  nullable    = false
  default     = true
}

variable "webhook_signing" {
  description = "SigV4 on the calls to the webhook, which a Function URL with IAM authorization demands."
  type        = bool
  nullable    = false
  default     = true
}

variable "webhook_timeout_ms" {
  description = "Milliseconds until a decision that has not come refuses the request (failClosed)."
  type        = number
  nullable    = false
  default     = 2000

  validation {
    condition     = var.webhook_timeout_ms >= 100 && var.webhook_timeout_ms <= 10000 && floor(var.webhook_timeout_ms) == var.webhook_timeout_ms
    error_message = "webhook_timeout_ms must be a whole number, 100 to 10000."
  }
}

variable "region" {
  description = "AWS region of Bedrock and of the Function URL."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be an AWS region such as us-east-1."
  }
}
