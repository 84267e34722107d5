# The actions of content filters came with provider 6.
resource "aws_bedrock_guardrail" "this" {
  content_policy_config {
    dynamic "filters_config" {
      for_each = local.content_filters
      content {
        type            = filters_config.key
        input_strength  = filters_config.value.input
        output_strength = filters_config.value.output
      }
    }
  }

  sensitive_information_policy_config {
    dynamic "pii_entities_config" {
      for_each = toset(local.pii)
      content {
        type   = pii_entities_config.value
        action = each.value.pii_action
      }
    }
  }
}
