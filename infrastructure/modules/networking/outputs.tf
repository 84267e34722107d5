output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Where the gateway's tasks run."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "gateway_security_group_id" {
  description = "The security group of the gateway's tasks."
  value       = aws_security_group.gateway.id
}

output "load_balancer_arn" {
  description = "The load balancer."
  value       = aws_lb.this.arn
}

output "load_balancer_arn_suffix" {
  description = "The load balancer's name in metrics."
  value       = aws_lb.this.arn_suffix
}

output "load_balancer_dns_name" {
  description = "Where the gateway is reached; point the certificate's name at it."
  value       = aws_lb.this.dns_name
}

output "target_group_arn" {
  description = "The gateway's target group."
  value       = aws_lb_target_group.gateway.arn
}

output "target_group_arn_suffix" {
  description = "The target group's name in metrics."
  value       = aws_lb_target_group.gateway.arn_suffix
}
