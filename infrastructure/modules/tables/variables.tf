variable "name" {
  description = "The environment's name: the first part of every table's name."
  type        = string
}

variable "kms_key_arn" {
  description = "The customer key that the tables are encrypted with."
  type        = string
}

variable "deletion_protection" {
  description = "Whether a table can be deleted."
  type        = bool
}

