locals {
  # Held against the definitions that the local stack creates its tables from: tests/infrastructure.
  tables = {
    budgets  = { hash = "scope", range = "window", attributes = { scope = "S", window = "S" } }
    accounts = { hash = "scope", range = "period", attributes = { scope = "S", period = "S" } }
    ledger = {
      hash       = "request_id", range = null, ttl = "expires_at", stream = true
      attributes = { request_id = "S", open = "S", team = "S", created_at = "S" }
      indexes = {
        open            = { hash = "open", range = null, projection = "KEYS_ONLY" }
        team_created_at = { hash = "team", range = "created_at", projection = "ALL" }
      }
    }
    postings = { hash = "account", range = "id", ttl = "expires_at", attributes = { account = "S", id = "S" } }
    alerts   = { hash = "scope_period", range = "threshold", stream = true, attributes = { scope_period = "S", threshold = "N" } }
    prices   = { hash = "provider_model", range = "effective_from", attributes = { provider_model = "S", effective_from = "S" } }
    teams    = { hash = "team", range = null, attributes = { team = "S" } }
    clients  = { hash = "client_id", range = null, attributes = { client_id = "S" } }
    routes   = { hash = "name", range = null, attributes = { name = "S" } }
    audit    = { hash = "id", range = null, ttl = "expires_at", stream = true, attributes = { id = "S" } }
  }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = "${var.name}-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hash
  range_key                   = each.value.range
  deletion_protection_enabled = var.deletion_protection
  stream_enabled              = try(each.value.stream, false)
  stream_view_type            = try(each.value.stream, false) ? "NEW_AND_OLD_IMAGES" : null

  dynamic "attribute" {
    for_each = each.value.attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = try(each.value.indexes, {})
    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.hash
      range_key       = global_secondary_index.value.range
      projection_type = global_secondary_index.value.projection
    }
  }

  dynamic "ttl" {
    for_each = try([each.value.ttl], [])
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}
