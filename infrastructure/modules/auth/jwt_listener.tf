# In a file of its own: the only action that providers before 6.22 do not know.
resource "aws_lb_listener" "jwt" {
  count = var.certificate_arn != "" && var.verify_tokens ? 1 : 0

  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type  = "jwt-validation"
    order = 1

    jwt_validation {
      issuer        = local.issuer
      jwks_endpoint = "${local.issuer}/.well-known/jwks.json"

      additional_claim {
        format = "single-string"
        name   = "token_use"
        values = ["access"]
      }

      # Cognito writes all scopes of a token as one text with spaces between them (T22).
      additional_claim {
        format = "space-separated-values"
        name   = "scope"
        values = ["${aws_cognito_resource_server.gateway.identifier}/invoke"]
      }
    }
  }

  default_action {
    type             = "forward"
    order            = 2
    target_group_arn = var.target_group_arn
  }
}
