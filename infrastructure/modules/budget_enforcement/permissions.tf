locals {
  # What the code calls, and nothing else: tests/infrastructure holds both against each other.
  statements = {
    TakeHolds         = { actions = ["dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], resources = [var.table_arns["accounts"]] }
    WriteLedger       = { actions = ["dynamodb:PutItem", "dynamodb:UpdateItem"], resources = [var.table_arns["ledger"]] }
    ReadConfiguration = { actions = ["dynamodb:Scan"], resources = [for table in ["budgets", "clients", "prices", "teams"] : var.table_arns[table]] }
    UseKey            = { actions = ["kms:Decrypt"], resources = [var.function.kms_key_arn] }
  }
}
