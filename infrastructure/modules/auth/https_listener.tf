# In a file of its own: the jwt-validation action is the only one that providers before 6.22 do not know. One listener
# with and without it, because two could not share the port while one replaces the other.
resource "aws_lb_listener" "https" {
  count = var.certificate_arn != "" ? 1 : 0

  load_balancer_arn = var.load_balancer_arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  dynamic "default_action" {
    for_each = var.verify_tokens ? [1] : []
    content {
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
  }

  default_action {
    type             = "forward"
    order            = var.verify_tokens ? 2 : 1
    target_group_arn = var.target_group_arn
  }
}
