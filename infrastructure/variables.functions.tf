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

variable "sweep_interval_minutes" {
  description = "How often expired holds are swept: what a lost request held is released so much later than its time-to-live at most."
  type        = number
  default     = 10

  validation {
    condition     = contains([10, 12, 15, 20, 30], var.sweep_interval_minutes)
    error_message = "sweep_interval_minutes must be 10, 12, 15, 20 or 30: a sweep may take nine minutes, and the hour is divided evenly."
  }
}

variable "verify_schedule" {
  description = "When the accounts are held against the ledger, as EventBridge Scheduler takes it (UTC); empty: never. It reads the whole ledger, at most nine minutes long."
  type        = string
  default     = "cron(5 3 * * ? *)"

  validation {
    condition     = can(regex("^(|(cron|rate)\\([^()]+\\))$", var.verify_schedule))
    error_message = "verify_schedule must be cron(…) or rate(…) as EventBridge Scheduler takes them, or empty."
  }
}

variable "hold_time_to_live_minutes" {
  description = "How long a hold waits for its log line before it expires: longer than the gateway's request timeout."
  type        = number
  default     = 30

  validation {
    condition     = var.hold_time_to_live_minutes >= 30 && var.hold_time_to_live_minutes <= 1440 && floor(var.hold_time_to_live_minutes) == var.hold_time_to_live_minutes
    error_message = "hold_time_to_live_minutes must be a whole number, 30 to 1440: a request may take 15 minutes, and its line comes later still."
  }
}
