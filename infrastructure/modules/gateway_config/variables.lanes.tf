variable "bedrock" {
  description = "Bedrock, on the main lane /v1."
  type        = bool
  nullable    = false
  default     = true
}

variable "anthropic" {
  description = "Anthropic, on the main lane /v1: behind Bedrock where that is on, else alone."
  type        = bool
  nullable    = false
  default     = true
}

variable "anthropic_failover_model" {
  description = "The model that answers where Bedrock fails: Bedrock's ids mean nothing to Anthropic."
  type        = string
  nullable    = false
  default     = "claude-haiku-4-5"

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", var.anthropic_failover_model))
    error_message = "anthropic_failover_model must be a model id of Anthropic's."
  }
}

variable "openai" {
  description = "OpenAI, on the lane /openai/v1."
  type        = bool
  nullable    = false
  default     = true
}

variable "embeddings" {
  description = "Embeddings, on /openai/v1/embeddings, behind external authorization."
  type        = bool
  nullable    = false
  default     = true
}

variable "azure" {
  description = "Azure OpenAI, on the lane /azure/v1."
  type        = bool
  nullable    = false
  default     = false
}

variable "azure_resource" {
  description = "Name of the Azure OpenAI resource: the first part of its host name."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9-]*$", var.azure_resource))
    error_message = "azure_resource must be a resource name, not a host name."
  }
}

variable "google" {
  description = "Google Gemini through its OpenAI-compatible API, on the lane /google/v1."
  type        = bool
  nullable    = false
  default     = false
}

variable "mantle" {
  description = "Bedrock's OpenAI-compatible Responses API (mantle), on /mantle/v1/responses."
  type        = bool
  nullable    = false
  default     = true
}

variable "model_aliases" {
  description = "Names that clients may use on the main lane, each with the model that is meant; needs Bedrock."
  type        = map(string)
  nullable    = false
  default     = { fast = "us.anthropic.claude-haiku-4-5-20251001-v1:0", smart = "us.anthropic.claude-sonnet-4-5-20250929-v1:0" }

  validation {
    condition     = alltrue([for alias, model in var.model_aliases : can(regex("^[A-Za-z0-9*][A-Za-z0-9*._:/@-]*$", alias)) && can(regex("^[A-Za-z0-9][A-Za-z0-9._:/@-]*$", model))])
    error_message = "model_aliases must map names to model ids, of letters, digits and . _ : / @ - only."
  }
}

variable "prompt_caching" {
  description = "Cache points that the gateway sets for Bedrock."
  type        = bool
  nullable    = false
  default     = true
}

variable "provider_hosts" {
  description = "Other hosts (host:port) by provider: bedrock, anthropic, openai, azure, google, mantle; for mock providers."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = alltrue([for name, host in var.provider_hosts : contains(["bedrock", "anthropic", "openai", "azure", "google", "mantle"], name) && can(regex("^[A-Za-z0-9.-]+:[0-9]{1,5}$", host))])
    error_message = "provider_hosts must map bedrock, anthropic, openai, azure, google or mantle to host:port."
  }
}

variable "provider_tls" {
  description = "TLS to the hosts of provider_hosts. Providers at their own hosts always get TLS."
  type        = bool
  nullable    = false
  default     = true
}
