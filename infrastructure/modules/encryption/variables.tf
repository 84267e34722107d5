variable "name" {
  description = "The environment's name."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

