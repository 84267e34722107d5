variable "enable_jwt" {
  description = "The load balancer verifies the token before the gateway does. Needs certificate_arn."
  type        = bool
  default     = true
}

variable "enable_cost_attribution" {
  description = "Prices and books the gateway's access log. Without it holds are charged when they expire."
  type        = bool
  default     = true
}

variable "enable_sweep" {
  description = "Expires holds that no log line has cleared, finishes open postings, and compares the books. Without it they stay until somebody sweeps by hand."
  type        = bool
  default     = true
}

variable "enable_alerts" {
  description = "Notifies when a budget reaches 50, 80 and 100 percent. Needs enable_cost_attribution."
  type        = bool
  default     = true
}

variable "alert_emails" {
  description = "Who is notified; each address confirms its subscription."
  type        = list(string)
  default     = []
}

variable "enable_guardrails" {
  description = "Amazon Bedrock Guardrails before every call: detects only, unless guardrails_enforce."
  type        = bool
  default     = false
}

variable "guardrails_enforce" {
  description = "Block and anonymise instead of only detecting. Needs enable_guardrails."
  type        = bool
  default     = false
}

variable "enable_tracing" {
  description = "An AWS Distro for OpenTelemetry sidecar that sends the gateway's traces to X-Ray and its metrics to CloudWatch."
  type        = bool
  default     = true
}

variable "enable_dashboard" {
  description = "The CloudWatch dashboard and the saved queries."
  type        = bool
  default     = true
}

variable "client_configs" {
  description = "Machine clients by name: the scopes they may ask for, what they are, and the team they belong to."
  type = map(object({
    allowed_scopes = list(string)
    description    = string
    team           = optional(string, "")
  }))
  default = {}

  validation {
    condition     = alltrue([for name, client in var.client_configs : can(regex("^[a-z][a-z0-9-]{1,62}$", name)) && length(client.allowed_scopes) > 0 && alltrue([for scope in client.allowed_scopes : contains(["invoke", "admin"], scope)])])
    error_message = "client_configs must have names of lower-case letters, digits and dashes, and allowed_scopes of invoke and admin."
  }
}

variable "providers_enabled" {
  description = "Which providers the gateway offers. Each but bedrock and mantle needs its key in the secret that is made for it."
  type = object({
    bedrock    = optional(bool, true)
    anthropic  = optional(bool, false)
    openai     = optional(bool, false)
    azure      = optional(bool, false)
    google     = optional(bool, false)
    mantle     = optional(bool, false)
    embeddings = optional(bool, false)
  })
  default = {}
}

variable "azure_resource" {
  description = "The Azure OpenAI resource's name; needed where azure is enabled."
  type        = string
  default     = ""
}

variable "bedrock_model_arns" {
  description = "The foundation models and inference profiles that the gateway may invoke."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.bedrock_model_arns : can(regex("^arn:aws[a-z-]*:bedrock:", arn)) && !endswith(arn, ":*") && arn != "*"])
    error_message = "bedrock_model_arns must be ARNs of Bedrock models or inference profiles."
  }
}
