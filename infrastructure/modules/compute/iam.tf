data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

# What ECS itself needs to start the task.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-gateway-execution"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [aws_ecr_repository.gateway.arn]
  }
  statement {
    sid = "LogInToRegistry"
    # This call names no resource: AWS takes it on all of them only.
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${var.gateway_log_group.arn}:*", "${var.collector_log_group.arn}:*"]
  }
  dynamic "statement" {
    for_each = length(var.secret_names) > 0 ? [1] : []
    content {
      sid       = "ReadProviderKeys"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [for secret in aws_secretsmanager_secret.provider : secret.arn]
    }
  }
  dynamic "statement" {
    for_each = length(var.secret_names) > 0 ? [1] : []
    content {
      sid       = "DecryptProviderKeys"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  name   = "execution"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

# What the gateway may do. Asking for decisions is granted by the budget_enforcement module.
resource "aws_iam_role" "task" {
  name               = "${var.name}-gateway"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "task" {
  dynamic "statement" {
    for_each = length(var.bedrock_model_arns) > 0 ? [1] : []
    content {
      sid       = "InvokeModels"
      actions   = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
      resources = var.bedrock_model_arns
    }
  }
  dynamic "statement" {
    for_each = length(var.guardrail_arns) > 0 ? [1] : []
    content {
      sid       = "ApplyGuardrails"
      actions   = ["bedrock:ApplyGuardrail"]
      resources = var.guardrail_arns
    }
  }
  dynamic "statement" {
    for_each = var.mantle ? [1] : []
    content {
      sid       = "CallMantle"
      actions   = ["bedrock-mantle:CreateInference"]
      resources = ["arn:aws:bedrock-mantle:${var.region}:${data.aws_caller_identity.current.account_id}:project/default"]
    }
  }
  dynamic "statement" {
    for_each = var.tracing ? [1] : []
    content {
      sid = "SendTraces"
      # X-Ray's calls name no resource.
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = ["*"]
    }
  }
  dynamic "statement" {
    for_each = var.tracing ? [1] : []
    content {
      sid       = "SendMetrics"
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = [var.collector_log_group.arn, "${var.collector_log_group.arn}:*"]
    }
  }
}

resource "aws_iam_role_policy" "task" {
  count = length(var.bedrock_model_arns) + length(var.guardrail_arns) > 0 || var.mantle || var.tracing ? 1 : 0

  name   = "gateway"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.task.json
}
