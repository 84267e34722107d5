# The jwt-validation action came with provider 6.22.
resource "aws_lb_listener" "jwt" {
  default_action {
    type             = "forward"
    target_group_arn = var.target_group_arn
  }
}
