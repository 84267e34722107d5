# Operators put the keys in; Terraform makes a placeholder and never overwrites what stands there (T66).
resource "aws_secretsmanager_secret" "provider" {
  for_each = toset(var.secret_names)

  name                    = "${var.name}/${each.value}"
  description             = "A provider's key for the gateway; set it by hand"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = 7
}

resource "aws_secretsmanager_secret_version" "placeholder" {
  for_each = aws_secretsmanager_secret.provider

  secret_id     = each.value.id
  secret_string = "not-set"

  lifecycle {
    ignore_changes = [secret_string, version_stages]
  }
}
