locals {
  # What the code calls, and nothing else: tests/infrastructure holds both against each other.
  statements = {
    BookEntries       = { actions = ["dynamodb:BatchGetItem", "dynamodb:PutItem"], resources = [var.table_arns["ledger"]] }
    ApplyPostings     = { actions = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"], resources = [var.table_arns["postings"]] }
    BookAccounts      = { actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"], resources = [var.table_arns["accounts"]] }
    RaiseAlerts       = { actions = ["dynamodb:PutItem"], resources = [var.table_arns["alerts"]] }
    ReadConfiguration = { actions = ["dynamodb:Scan"], resources = [for table in ["budgets", "clients", "prices", "teams"] : var.table_arns[table]] }
    UseKey            = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [var.function.kms_key_arn] }
  }
}
