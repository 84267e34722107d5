locals {
  # What the code calls, and nothing else: tests/infrastructure holds both against each other.
  statements = {
    BookEntries   = { actions = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [var.table_arns["ledger"]] }
    ApplyPostings = { actions = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"], resources = [var.table_arns["postings"]] }
    BookAccounts  = { actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"], resources = [var.table_arns["accounts"]] }
    RaiseAlerts   = { actions = ["dynamodb:PutItem"], resources = [var.table_arns["alerts"]] }
    ReadBudgets   = { actions = ["dynamodb:Query"], resources = [var.table_arns["budgets"]] }
    ReadCallers   = { actions = ["dynamodb:GetItem"], resources = [var.table_arns["teams"], var.table_arns["clients"]] }
    ReadPrices    = { actions = ["dynamodb:Scan"], resources = [var.table_arns["prices"]] }
    UseKey        = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [var.kms_key_arn] }
  }
}
