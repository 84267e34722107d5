variable "port" {
  description = "Port that the gateway serves."
  type        = number
  nullable    = false
  default     = 8787
}

variable "admin_port" {
  description = "Port of the admin interface, on the loopback address only."
  type        = number
  nullable    = false
  default     = 15000
}

variable "stats_port" {
  description = "Port of the Prometheus metrics."
  type        = number
  nullable    = false
  default     = 15020
}

variable "readiness_port" {
  description = "Port of /healthz/ready, which the load balancer checks."
  type        = number
  nullable    = false
  default     = 15021
}

variable "max_buffer_bytes" {
  description = "Largest request and buffered answer, in bytes; above it the gateway answers 503."
  type        = number
  nullable    = false
  default     = 10485760

  validation {
    condition     = var.max_buffer_bytes >= 1048576 && var.max_buffer_bytes <= 104857600
    error_message = "max_buffer_bytes must be 1 MiB to 100 MiB."
  }
}

variable "request_timeout_seconds" {
  description = "Seconds until the gateway gives up a request; must stay below the time that a hold lives (30 minutes)."
  type        = number
  nullable    = false
  default     = 300

  validation {
    condition     = var.request_timeout_seconds >= 1 && var.request_timeout_seconds <= 900
    error_message = "request_timeout_seconds must be 1 to 900: a hold must outlive its request and all its attempts."
  }
}

variable "retry_attempts" {
  description = "Retries on the lane with a failover; each is a call of its own, asks the webhook anew and may be billed."
  type        = number
  nullable    = false
  default     = 2

  validation {
    condition     = var.retry_attempts >= 1 && var.retry_attempts <= 5
    error_message = "retry_attempts must be 1 to 5."
  }
}

variable "drain_seconds" {
  description = "Seconds that open streams get after SIGTERM; the ECS stop timeout (at most 120) must be longer."
  type        = number
  nullable    = false
  default     = 90

  validation {
    condition     = var.drain_seconds >= 5 && var.drain_seconds <= 105
    error_message = "drain_seconds must be 5 to 105: Fargate kills the container 120 seconds after SIGTERM at the latest."
  }
}

variable "output_default_tokens" {
  description = "Output bound of a request that gives none, in tokens."
  type        = number
  nullable    = false
  default     = 8192
}

variable "output_ceiling_tokens" {
  description = "Highest output bound that a request may give, in tokens; a higher one is lowered to it."
  type        = number
  nullable    = false
  default     = 32000
}

variable "tracing" {
  description = "OTLP traces, over HTTP, to the sidecar."
  type        = bool
  nullable    = false
  default     = false
}

variable "tracing_endpoint" {
  description = "Host and port of the OTLP receiver."
  type        = string
  nullable    = false
  default     = "127.0.0.1:4318"

  validation {
    condition     = can(regex("^[A-Za-z0-9.-]+:[0-9]{1,5}$", var.tracing_endpoint))
    error_message = "tracing_endpoint must be host:port."
  }
}

variable "tracing_sampling" {
  description = "Share of requests that are traced: true, or 0.0 to 1.0."
  type        = string
  nullable    = false
  default     = "true"

  validation {
    condition     = can(regex("^(true|0\\.[0-9]+|1\\.0)$", var.tracing_sampling))
    error_message = "tracing_sampling must be true or a decimal between 0.0 and 1.0."
  }
}
