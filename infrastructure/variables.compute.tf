variable "task_size" {
  description = "The gateway task's CPU units and memory in MiB, as Fargate offers them."
  type        = object({ cpu = number, memory = number })
  default     = { cpu = 1024, memory = 2048 }

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.task_size.cpu) && var.task_size.memory >= 2 * var.task_size.cpu
    error_message = "task_size must be a Fargate size: cpu 256 to 16384, memory at least twice as many MiB."
  }
}

variable "task_count" {
  description = "How many gateway tasks run at least and at most."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 10 }

  validation {
    condition     = var.task_count.min >= 1 && var.task_count.max >= var.task_count.min
    error_message = "task_count.min must be at least 1, and task_count.max not below it."
  }
}

variable "drain_seconds" {
  description = "How long open streams may run on when a task stops: below ECS's stop timeout of at most 120."
  type        = number
  default     = 90

  validation {
    condition     = var.drain_seconds >= 5 && var.drain_seconds <= 100
    error_message = "drain_seconds must be 5 to 100: Fargate stops a task after 120 seconds whatever it does."
  }
}
