resource "aws_cognito_user_pool_client" "this" {
  for_each = var.client_configs

  name                                 = "${var.name}-${each.key}"
  user_pool_id                         = var.user_pool_id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = [for scope in each.value.allowed_scopes : var.scopes[scope]]
  access_token_validity                = 15
  enable_token_revocation              = true
  prevent_user_existence_errors        = "ENABLED"

  # Short: a revoked client's tokens are good until they expire wherever they are verified offline (T26).
  token_validity_units {
    access_token = "minutes"
  }
}

# A client's token has no team unless the pool's trigger puts it there: the functions look it up by client id (T21).
resource "aws_dynamodb_table_item" "this" {
  for_each = { for name, client in var.client_configs : name => client if client.team != "" }

  table_name = var.clients_table_name
  hash_key   = "client_id"
  item = jsonencode({
    client_id   = { S = aws_cognito_user_pool_client.this[each.key].id }
    team        = { S = each.value.team }
    description = { S = each.value.description }
  })
}
