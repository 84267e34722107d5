variable "name" {
  description = "The environment's name."
  type        = string
}

variable "kms_key_arn" {
  description = "The customer key."
  type        = string
}

