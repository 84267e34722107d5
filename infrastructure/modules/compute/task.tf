locals {
  gateway_container = {
    name      = "agentgateway"
    image     = "${aws_ecr_repository.gateway.repository_url}@${var.image_digest}"
    essential = true
    command   = ["-c", var.config]
    portMappings = [
      { containerPort = var.gateway_port, protocol = "tcp" },
      { containerPort = var.readiness_port, protocol = "tcp" },
    ]
    # The image has no shell, so no health check runs inside it (T10): the target group asks the readiness port.
    secrets                = [for name in sort(var.secret_names) : { name = name, valueFrom = aws_secretsmanager_secret.provider[name].arn }]
    environment            = [{ name = "AWS_REGION", value = var.region }]
    readonlyRootFilesystem = true
    # Longer than the gateway's own drain, so that it ends streams, and not ECS (T11, T83).
    stopTimeout = var.drain_seconds + 15
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.gateway_log_group.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "agentgateway"
        mode                  = "non-blocking"
        max-buffer-size       = "25m"
      }
    }
  }

  collector_container = {
    name        = "otel-collector"
    image       = var.collector_image
    essential   = false
    environment = [{ name = "AOT_CONFIG_CONTENT", value = local.collector_config }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.collector_log_group.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "otel"
      }
    }
  }

  # The gateway pushes traces, and only traces: its metrics have to be fetched (T17).
  collector_config = yamlencode({
    receivers = {
      otlp       = { protocols = { http = { endpoint = "127.0.0.1:4318" } } }
      prometheus = { config = { scrape_configs = [{ job_name = "agentgateway", scrape_interval = "60s", static_configs = [{ targets = ["127.0.0.1:15020"] }] }] } }
    }
    processors = { batch = {} }
    exporters = {
      awsxray = { region = var.region }
      awsemf = {
        region                           = var.region
        namespace                        = "AiGateway/Gateway"
        log_group_name                   = var.collector_log_group.name
        dimension_rollup_option          = "NoDimensionRollup"
        resource_to_telemetry_conversion = { enabled = false }
        metric_declarations              = [{ dimensions = [[]], metric_name_selectors = ["^agentgateway_requests(_total)?$", "^agentgateway_guardrail_checks(_total)?$"] }]
      }
    }
    service = { pipelines = {
      traces  = { receivers = ["otlp"], processors = ["batch"], exporters = ["awsxray"] }
      metrics = { receivers = ["prometheus"], processors = ["batch"], exporters = ["awsemf"] }
    } }
  })
}

resource "aws_ecs_task_definition" "gateway" {
  family                   = "${var.name}-gateway"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task_size.cpu
  memory                   = var.task_size.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(concat([local.gateway_container], var.tracing ? [local.collector_container] : []))

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  lifecycle {
    precondition {
      condition     = length(jsonencode(concat([local.gateway_container], var.tracing ? [local.collector_container] : []))) < 61440
      error_message = "The task definition is over 60 KB, and ECS takes 64 KiB: turn a lane off, or shorten a list."
    }
    precondition {
      condition     = var.drain_seconds + 15 <= 120
      error_message = "drain_seconds must be at most 105: Fargate stops a container after 120 seconds whatever it does."
    }
  }
}
