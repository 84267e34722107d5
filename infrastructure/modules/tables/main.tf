locals {
  # Held against the definitions that the local stack creates its tables from: tests/infrastructure.
  tables = {
    budgets  = { hash = "scope", range = "window" }
    accounts = { hash = "scope", range = "period" }
    ledger = {
      hash   = "request_id"
      ttl    = "expires_at"
      stream = true
      indexes = {
        open    = { hash = "open", range = "request_id", projected = [] }
        by_team = { hash = "team_shard", range = "created_at", projected = ["state", "team", "settled", "estimated", "result"] }
      }
    }
    postings = { hash = "account", range = "id" }
    alerts   = { hash = "scope_period", range = "threshold", stream = true }
    prices   = { hash = "provider_model", range = "effective_from" }
    teams    = { hash = "team" }
    clients  = { hash = "client_id" }
    routes   = { hash = "name" }
    audit    = { hash = "id", ttl = "expires_at", stream = true }
  }

  # Every key is text.
  attributes = { for name, table in local.tables : name => toset(compact(concat(
    [table.hash, try(table.range, "")],
    flatten([for index in values(try(table.indexes, {})) : [index.hash, index.range]]),
  ))) }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = "${var.name}-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hash
  range_key                   = try(each.value.range, null)
  deletion_protection_enabled = var.deletion_protection
  stream_enabled              = try(each.value.stream, false)
  stream_view_type            = try(each.value.stream, false) ? "NEW_IMAGE" : null

  dynamic "attribute" {
    for_each = local.attributes[each.key]
    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = try(each.value.indexes, {})
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash
      range_key          = global_secondary_index.value.range
      projection_type    = length(global_secondary_index.value.projected) == 0 ? "KEYS_ONLY" : "INCLUDE"
      non_key_attributes = length(global_secondary_index.value.projected) == 0 ? null : global_secondary_index.value.projected
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
