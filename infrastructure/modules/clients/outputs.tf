output "client_ids" {
  description = "Client ids by name. The secrets are read from Cognito by whoever may, and are no output."
  value       = { for name, client in aws_cognito_user_pool_client.this : name => client.id }
}
