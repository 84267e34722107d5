output "task_role_arn" {
  description = "The gateway's role."
  value       = aws_iam_role.task.arn
}

output "task_role_name" {
  description = "The name of the gateway's role."
  value       = aws_iam_role.task.name
}

output "repository_url" {
  description = "Where the release workflow pushes the gateway's image."
  value       = aws_ecr_repository.gateway.repository_url
}

output "cluster_name" {
  description = "The ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "The ECS service."
  value       = aws_ecs_service.gateway.name
}

output "secret_arns" {
  description = "Where providers' keys are to be put, by the variable that carries them."
  value       = { for name, secret in aws_secretsmanager_secret.provider : name => secret.arn }
}
