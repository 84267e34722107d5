variable "name" {
  description = "The environment's name."
  type        = string
}

variable "stream_arn" {
  description = "The stream of the alerts table."
  type        = string
}

variable "kms_key_arn" {
  description = "The customer key of the table and the topic."
  type        = string
}

variable "emails" {
  description = "Who is notified."
  type        = list(string)
}

