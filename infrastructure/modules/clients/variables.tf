variable "name" {
  description = "The environment's name."
  type        = string
}

variable "user_pool_id" {
  description = "The user pool."
  type        = string
}

variable "scopes" {
  description = "The scopes' whole names, by their short ones."
  type        = map(string)
}

variable "clients_table_name" {
  description = "The table that says which team a client belongs to."
  type        = string
}

variable "client_configs" {
  description = "Machine clients by name."
  type        = map(object({ allowed_scopes = list(string), description = string, team = optional(string, "") }))
}

