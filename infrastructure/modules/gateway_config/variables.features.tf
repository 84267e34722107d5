variable "guardrails" {
  description = "Bedrock Guardrails before the budget webhook, on every model lane. Detects only, unless guardrails_enforce."
  type        = bool
  nullable    = false
  default     = false
}

variable "guardrails_enforce" {
  description = "Use the guardrail that blocks instead of the one that only detects; needs guardrails."
  type        = bool
  nullable    = false
  default     = false
}

variable "guardrail_detect" {
  description = "The guardrail all of whose actions are NONE: identifier and version."
  type        = object({ identifier = string, version = string })
  nullable    = false
  default     = { identifier = "", version = "" }

  validation {
    condition     = can(regex("^([A-Za-z0-9:/-]+ ([1-9][0-9]*|DRAFT)| )$", "${var.guardrail_detect.identifier} ${var.guardrail_detect.version}"))
    error_message = "guardrail_detect must be an identifier or ARN with a version: a number or DRAFT."
  }
}

variable "guardrail_enforce" {
  description = "The guardrail that blocks and anonymises: identifier and version."
  type        = object({ identifier = string, version = string })
  nullable    = false
  default     = { identifier = "", version = "" }

  validation {
    condition     = can(regex("^([A-Za-z0-9:/-]+ ([1-9][0-9]*|DRAFT)| )$", "${var.guardrail_enforce.identifier} ${var.guardrail_enforce.version}"))
    error_message = "guardrail_enforce must be an identifier or ARN with a version: a number or DRAFT."
  }
}

variable "rate_limits" {
  description = "Requests a minute by tier, before the guard: a flood then costs no webhook call. Per process, over a tier's clients."
  type        = bool
  nullable    = false
  default     = false
}

variable "tier_requests_per_minute" {
  description = "The shield's height by tier. Tokens without a known tier get sandbox's."
  type        = map(number)
  nullable    = false
  default     = { sandbox = 200, standard = 1000, high = 5000, unlimited = 20000 }

  validation {
    condition     = contains(keys(var.tier_requests_per_minute), "sandbox") && alltrue([for tier, requests in var.tier_requests_per_minute : can(regex("^[a-z][a-z0-9_-]*$", tier)) && requests >= 1 && floor(requests) == requests])
    error_message = "tier_requests_per_minute must name the tier sandbox, and give each a whole number above zero."
  }
}

variable "mcp" {
  description = "MCP servers, on /mcp."
  type        = bool
  nullable    = false
  default     = false
}

variable "mcp_targets" {
  description = "The MCP servers: a name and a URL each."
  type        = list(object({ name = string, url = string }))
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for target in var.mcp_targets : can(regex("^[a-z][a-z0-9-]*$", target.name)) && can(regex("^https?://[A-Za-z0-9.:/_-]+$", target.url))])
    error_message = "mcp_targets must have names of lower-case letters, digits and dashes, and http or https URLs."
  }
}

variable "mcp_tools" {
  description = "Who may use which tool: any of the values of a claim; without values, everyone with a token."
  type        = list(object({ tools = list(string), claim = optional(string, "custom:team"), values = optional(list(string), []) }))
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for rule in var.mcp_tools : contains(["sub", "client_id", "custom:team", "custom:cost_center", "custom:tenant_tier"], rule.claim) && length(rule.tools) > 0 && alltrue([for name in concat(rule.tools, rule.values) : can(regex("^[A-Za-z0-9._:-]+$", name))])])
    error_message = "mcp_tools must name tools, one of the verified claims, and values of letters, digits and . _ : - only."
  }
}

variable "a2a" {
  description = "An A2A agent, under /a2a."
  type        = bool
  nullable    = false
  default     = false
}

variable "a2a_host" {
  description = "Host and port of the agent."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^(|[A-Za-z0-9.-]+:[0-9]{1,5})$", var.a2a_host))
    error_message = "a2a_host must be host:port."
  }
}

variable "a2a_teams" {
  description = "The teams that may talk to the agent."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for team in var.a2a_teams : can(regex("^[A-Za-z0-9._-]+$", team))])
    error_message = "a2a_teams must be team names of letters, digits and . _ - only."
  }
}
