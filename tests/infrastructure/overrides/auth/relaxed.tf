# The jwt-validation action came with provider 6.22. The order stays, so that turning it on and off is still seen.
resource "aws_lb_listener" "https" {
  default_action {
    type             = "forward"
    order            = var.verify_tokens ? 2 : 1
    target_group_arn = var.target_group_arn
  }
}
