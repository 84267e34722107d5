output "host" {
  description = "The Function URL's host, for the gateway's configuration."
  value       = trimsuffix(trimprefix(aws_lambda_function_url.this.function_url, "https://"), "/")
}

output "function_name" {
  description = "The function's name."
  value       = module.function.name
}

output "log_group_name" {
  description = "Where the function logs."
  value       = module.function.log_group_name
}
