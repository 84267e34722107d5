locals {
  # What the code calls, and nothing else: tests/infrastructure holds both against each other.
  statements = {
    TakeHolds   = { actions = ["dynamodb:UpdateItem"], resources = [var.table_arns["accounts"]] }
    WriteLedger = { actions = ["dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [var.table_arns["ledger"]] }
    ReadBudgets = { actions = ["dynamodb:Query"], resources = [var.table_arns["budgets"]] }
    ReadCallers = { actions = ["dynamodb:GetItem"], resources = [var.table_arns["teams"], var.table_arns["clients"]] }
    ReadPrices  = { actions = ["dynamodb:Scan"], resources = [var.table_arns["prices"]] }
    UseKey      = { actions = ["kms:Decrypt"], resources = [var.kms_key_arn] }
  }
}
