output "function_name" {
  description = "The function's name."
  value       = module.function.name
}

output "log_group_name" {
  description = "Where the function logs."
  value       = module.function.log_group_name
}
