output "endpoint" {
  description = "Where clients reach the gateway; point the certificate's name at it."
  value       = module.networking.load_balancer_dns_name
}

output "token_url" {
  description = "Where clients get tokens."
  value       = module.auth.token_url
}

output "issuer" {
  description = "The issuer of the tokens."
  value       = module.auth.issuer
}

output "client_ids" {
  description = "Client ids by name."
  value       = module.clients.client_ids
}

output "repository_url" {
  description = "Where the release workflow pushes the gateway's image."
  value       = module.compute.repository_url
}

output "secret_arns" {
  description = "Where providers' keys are to be put."
  value       = module.compute.secret_arns
}

output "table_names" {
  description = "Table names by their part in the design."
  value       = module.tables.names
}
