locals {
  # What the code calls, and nothing else: tests/infrastructure holds both against each other. It reads three tables as a whole: accounts, to find
  # expired holds; open postings, to find what a crash left on accounts that have no item yet; and the ledger, to compare its sum.
  statements = {
    ExpireEntries  = { actions = ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Scan"], resources = [var.table_arns["ledger"]] }
    FindOpen       = { actions = ["dynamodb:Query"], resources = ["${var.table_arns["ledger"]}/index/open"] }
    ApplyPostings  = { actions = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"], resources = [var.table_arns["postings"]] }
    ReleaseBuckets = { actions = ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem"], resources = [var.table_arns["accounts"]] }
    UseKey         = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [var.function.kms_key_arn] }
  }
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role" "schedule" {
  name               = "${var.function.name}-schedule"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid       = "InvokeTheFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.function.arn]
  }
  statement {
    sid       = "HandOverFailures"
    actions   = ["sqs:SendMessage"]
    resources = [module.function.failure_queue_arn]
  }
  # The failure queue is encrypted.
  statement {
    sid       = "UseKey"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.function.kms_key_arn]
  }
}

resource "aws_iam_role_policy" "schedule" {
  name   = "schedule"
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}
