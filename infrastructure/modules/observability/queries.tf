locals {
  function_groups = values(var.function_log_groups)

  # Fields of the access log with dots in their names stand in backquotes. Every field is held against the recorded lines.
  queries = var.dashboard ? {
    "spend by team and model" = {
      groups = [lookup(var.function_log_groups, "cost_attribution", aws_cloudwatch_log_group.gateway.name)]
      query  = "filter event = \"booked\" | stats sum(cost_usd) as usd, count(*) as requests by team, model | sort usd desc"
    }
    "refusals by team" = {
      groups = [var.function_log_groups["budget_enforcement"]]
      query  = "filter decision = \"refused\" | stats count(*) as refusals by team, reason | sort refusals desc"
    }
    "one request" = {
      groups = concat([aws_cloudwatch_log_group.gateway.name], local.function_groups)
      query  = "filter request_id = \"REPLACE-ME\" | sort @timestamp asc"
    }
    "slowest requests" = {
      groups = [aws_cloudwatch_log_group.gateway.name]
      query  = "filter scope = \"request\" | fields team, `gen_ai.provider.name`, `gen_ai.request.model`, duration_ms, ttft_ms | sort duration_ms desc | limit 50"
    }
    "differences of the books" = {
      groups = [lookup(var.function_log_groups, "sweep", var.function_log_groups["budget_enforcement"])]
      query  = "filter event = \"account_differs\" | fields account, total, kind, of_account, of_ledger"
    }
    "provider errors" = {
      groups = [aws_cloudwatch_log_group.gateway.name]
      query  = "filter scope = \"request\" and ispresent(`gen_ai.provider.name`) and `http.status` >= 400 | stats count(*) by `gen_ai.provider.name`, `http.status`, reason"
    }
  } : {}
}

resource "aws_cloudwatch_query_definition" "this" {
  for_each = local.queries

  name            = "${var.name}/${each.key}"
  log_group_names = each.value.groups
  query_string    = each.value.query
}
