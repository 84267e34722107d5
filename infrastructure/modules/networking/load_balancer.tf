resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = var.internal
  subnets                    = [for subnet in var.internal ? aws_subnet.private : aws_subnet.public : subnet.id]
  security_groups            = [aws_security_group.load_balancer.id]
  idle_timeout               = var.idle_timeout_seconds
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
}

resource "aws_lb_target_group" "gateway" {
  name                 = var.name
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = var.gateway_port
  vpc_id               = aws_vpc.this.id
  deregistration_delay = 30

  # The gateway's own port answers 404 to a probe: readiness has a port of its own (T10).
  health_check {
    protocol            = "HTTP"
    port                = tostring(var.readiness_port)
    path                = "/healthz/ready"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_security_group" "load_balancer" {
  name        = "${var.name}-alb"
  description = "The load balancer"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each = var.tls ? toset(var.allowed_cidrs) : toset([])

  security_group_id = aws_security_group.load_balancer.id
  description       = "HTTPS from clients"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# With TLS, port 80 only redirects (T23).
resource "aws_vpc_security_group_ingress_rule" "http" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.load_balancer.id
  description       = "HTTP from clients"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = toset([tostring(var.gateway_port), tostring(var.readiness_port)])

  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To the gateway"
  referenced_security_group_id = aws_security_group.gateway.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.value)
  to_port                      = tonumber(each.value)
}

resource "aws_security_group" "gateway" {
  name        = "${var.name}-gateway"
  description = "The gateway's tasks"
  vpc_id      = aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "gateway" {
  for_each = toset([tostring(var.gateway_port), tostring(var.readiness_port)])

  security_group_id            = aws_security_group.gateway.id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.value)
  to_port                      = tonumber(each.value)
}

resource "aws_vpc_security_group_egress_rule" "gateway" {
  security_group_id = aws_security_group.gateway.id
  description       = "To providers, the webhook and AWS, all over TLS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
