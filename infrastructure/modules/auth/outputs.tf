locals {
  issuer = "https://cognito-idp.${var.region}.amazonaws.com/${aws_cognito_user_pool.this.id}"
}

output "issuer" {
  description = "The issuer of the pool's tokens."
  value       = local.issuer
}

output "user_pool_id" {
  description = "The user pool."
  value       = aws_cognito_user_pool.this.id
}

output "token_url" {
  description = "Where clients get tokens."
  value       = "https://${aws_cognito_user_pool_domain.this.domain}.auth.${var.region}.amazoncognito.com/oauth2/token"
}

output "scopes" {
  description = "The scopes' whole names, by their short ones."
  value       = { for scope in ["invoke", "admin"] : scope => "${aws_cognito_resource_server.gateway.identifier}/${scope}" }
}
