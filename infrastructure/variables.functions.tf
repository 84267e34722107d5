variable "functions" {
  description = "How the functions are built and sized."
  type = object({
    archive_directory = optional(string, "../artifacts/package")
    architecture      = optional(string, "arm64")
    memory_mb         = optional(number, 512)
  })
  default = {}

  validation {
    condition     = contains(["arm64", "x86_64"], var.functions.architecture)
    error_message = "functions.architecture must be arm64 or x86_64."
  }
  validation {
    condition     = var.functions.memory_mb >= 128 && var.functions.memory_mb <= 3008
    error_message = "functions.memory_mb must be 128 to 3008."
  }
}

variable "store_timeout_ms" {
  description = "How long one call to DynamoDB may take."
  type        = number
  default     = 600
}

variable "webhook_timeout_ms" {
  description = "How long the gateway waits for a decision."
  type        = number
  default     = 2000
}

variable "budget_enforcement_timeout_seconds" {
  description = "The decision function's own timeout; longer than the gateway waits, so that it can give back what it took."
  type        = number
  default     = 5
}

variable "budget_enforcement_concurrency" {
  description = "Reserved concurrency of the decision function; times the outage allowance it bounds what an outage can cost a minute."
  type        = number
  default     = 100
}

variable "cost_attribution_concurrency" {
  description = "Reserved concurrency of the booking function: small, so that accounts are not held up by bookings."
  type        = number
  default     = 4

  validation {
    condition     = var.cost_attribution_concurrency >= 1 && var.cost_attribution_concurrency <= 20
    error_message = "cost_attribution_concurrency must be 1 to 20."
  }
}

variable "default_tier" {
  description = "The tier of a team without one."
  type        = string
  default     = "sandbox"

  validation {
    condition     = contains(["sandbox", "standard", "high", "unlimited"], var.default_tier)
    error_message = "default_tier must be sandbox, standard, high or unlimited."
  }
}
