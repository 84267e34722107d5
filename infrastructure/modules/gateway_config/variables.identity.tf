variable "issuer" {
  description = "Issuer of the access tokens, exactly as their iss claim has it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$", var.issuer))
    error_message = "issuer must be an https URL (http inside a private network)."
  }
}

variable "jwks_url" {
  description = "Where the gateway fetches the issuer's keys; empty: the issuer's /.well-known/jwks.json."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^(|https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/?=-]*)?)$", var.jwks_url))
    error_message = "jwks_url must be empty or a URL."
  }
}

variable "jwks_file" {
  description = "Path of a file with the issuer's keys, read by the gateway at its start; instead of jwks_url."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]*$", var.jwks_file))
    error_message = "jwks_file must be a path of letters, digits, dots, dashes, underscores and slashes."
  }
}

variable "jwks_inline" {
  description = "The issuer's keys themselves, as a JSON Web Key Set; instead of jwks_url."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.jwks_inline == "" || can(jsondecode(var.jwks_inline).keys)
    error_message = "jwks_inline must be a JSON Web Key Set: {\"keys\":[…]}."
  }
}

variable "invoke_scopes" {
  description = "A token needs one of these scopes: that of machine clients, and that of people."
  type        = list(string)
  nullable    = false
  default     = ["https://ai-gateway.internal/invoke", "openid"]

  validation {
    condition     = length(var.invoke_scopes) > 0 && alltrue([for scope in var.invoke_scopes : can(regex("^[A-Za-z0-9:/._-]+$", scope))])
    error_message = "invoke_scopes must name at least one scope, of letters, digits and : / . _ - only."
  }
}

variable "budget_groups" {
  description = "The groups that carry budgets: only they are handed on; empty: all of them, up to 4096 characters."
  type        = list(string)
  nullable    = false
  default     = []

  validation {
    condition     = length(var.budget_groups) <= 100 && alltrue([for group in var.budget_groups : can(regex("^[A-Za-z0-9._:@/+-]{1,128}$", group))])
    error_message = "budget_groups must be at most 100 names, of letters, digits and . _ : @ / + - only."
  }
}
