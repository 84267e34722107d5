output "prefix" {
  description = "What every table's name begins with; the functions add a table's short name."
  value       = trimsuffix(aws_dynamodb_table.this["budgets"].name, "budgets")
}

output "names" {
  description = "Table names by their part in the design."
  value       = { for key, table in aws_dynamodb_table.this : key => table.name }
}

output "arns" {
  description = "Table ARNs by their part in the design."
  value       = { for key, table in aws_dynamodb_table.this : key => table.arn }
}

output "stream_arns" {
  description = "Stream ARNs of the tables that have one."
  value       = { for key, table in aws_dynamodb_table.this : key => table.stream_arn if table.stream_enabled }
}
