locals {
  # The service's own names (T76).
  pii = ["US_SOCIAL_SECURITY_NUMBER", "CREDIT_DEBIT_CARD_NUMBER", "AWS_SECRET_KEY", "PASSWORD", "INTERNATIONAL_BANK_ACCOUNT_NUMBER"]

  content_filters = {
    HATE          = { input = "HIGH", output = "HIGH" }
    INSULTS       = { input = "MEDIUM", output = "MEDIUM" }
    SEXUAL        = { input = "HIGH", output = "HIGH" }
    VIOLENCE      = { input = "MEDIUM", output = "MEDIUM" }
    MISCONDUCT    = { input = "MEDIUM", output = "MEDIUM" }
    PROMPT_ATTACK = { input = "HIGH", output = "NONE" }
  }

  # Detect-only is made in the guardrail itself: it assesses and does nothing.
  guardrails = {
    detect  = { action = "NONE", pii_action = "NONE" }
    enforce = { action = "BLOCK", pii_action = "ANONYMIZE" }
  }
}

resource "aws_bedrock_guardrail" "this" {
  for_each = local.guardrails

  name                      = "${var.name}-${each.key}"
  description               = each.key == "detect" ? "Assesses, and lets everything through" : "Blocks content and anonymises personal data"
  blocked_input_messaging   = "The request was blocked by your organisation's content policy."
  blocked_outputs_messaging = "The answer was blocked by your organisation's content policy."
  kms_key_arn               = var.kms_key_arn

  content_policy_config {
    dynamic "filters_config" {
      for_each = local.content_filters
      content {
        type            = filters_config.key
        input_strength  = filters_config.value.input
        output_strength = filters_config.value.output
        input_action    = each.value.action
        output_action   = each.value.action
      }
    }
  }

  sensitive_information_policy_config {
    dynamic "pii_entities_config" {
      for_each = toset(local.pii)
      content {
        type          = pii_entities_config.value
        action        = each.value.pii_action
        input_action  = each.value.pii_action
        output_action = each.value.pii_action
      }
    }
  }
}

resource "aws_bedrock_guardrail_version" "this" {
  for_each = local.guardrails

  guardrail_arn = aws_bedrock_guardrail.this[each.key].guardrail_arn
  description   = "Published by Terraform"
}
