locals {
  policies_digest             = sha256(join("\n", [for id, text in var.policies : "${id}:${sha256(text)}"]))
  check_command               = "printf '{\"operation\":\"check\"}' | aws lambda invoke --function-name ${aws_lambda_function.function.function_name}:live --payload fileb:///dev/stdin answer.json >&2 && cat answer.json"
  sweep_command               = "printf '{\"operation\":\"sweep\"}' | aws lambda invoke --function-name ${aws_lambda_function.function.function_name}:live --payload fileb:///dev/stdin answer.json >&2 && cat answer.json"
  log_command                 = "aws logs filter-log-events --log-group-name ${aws_cloudwatch_log_group.log_group.name} --start-time $((($(date +%s) - 3600) * 1000)) --filter-pattern '?ERROR ?WARN ?\"timed out\"' --query 'events[].message' --output text"
  partition                   = data.aws_partition.current.partition
  region                      = data.aws_region.current.id
  account_id                  = data.aws_caller_identity.current.account_id
  given_approver_role         = var.approver_role == null ? null : var.approver_role.role
  given_success_topic_kms_key = var.success_topic == null ? null : var.success_topic.kms_key
  queue_url                   = var.queue == null ? one(aws_sqs_queue.queue[*].url) : var.queue.url
  role_arn                    = var.role == null ? one(aws_iam_role.role_function[*].arn) : var.role.arn
  queue_arn                   = var.queue == null ? one(aws_sqs_queue.queue[*].arn) : var.queue.arn
  queue_name                  = var.queue == null ? one(aws_sqs_queue.queue[*].name) : var.queue.name

  publishing_project_ids = {
    for i, items in chunklist([for k, v in var.publishing_projects : v.id], 100) :
    i => join(",", items)
  }

  publishing_projects_digest = sha256(join("\n", [
    for id, text in local.publishing_project_ids : "${id}:${sha256(text)}"
  ]))

  dead_letter_queue_arn = (
    var.dead_letter_queue == null
    ? one(aws_sqs_queue.dead_letter_queue[*].arn)
    : var.dead_letter_queue.arn
  )

  dead_letter_queue_url = (
    var.dead_letter_queue == null
    ? one(aws_sqs_queue.dead_letter_queue[*].url)
    : var.dead_letter_queue.url
  )

  approver_role_arn = (
    local.given_approver_role == null
    ? one(aws_iam_role.role_approver[*].arn)
    : local.given_approver_role.arn
  )

  dead_letter_queue_name = (
    var.dead_letter_queue == null
    ? one(aws_sqs_queue.dead_letter_queue[*].name)
    : var.dead_letter_queue.name
  )
}

data "aws_region" "current" {}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_log_group" "log_group" {
  name              = "/aws/lambda/${var.name}"
  kms_key_id        = var.logs.kms_key == null ? null : var.logs.kms_key.arn
  retention_in_days = var.logs.retention_days
  tags              = var.tags
}

# The function.

resource "aws_lambda_function" "function" {
  # checkov:skip=CKV_AWS_50: Structured records and metrics tell what it does; traces would say no more.
  # checkov:skip=CKV_AWS_115: The queue's event source mapping limits how many run at once.
  # checkov:skip=CKV_AWS_116: What fails is on the queue's dead-letter queue; failures of sweeps go to the operators' topic.
  # checkov:skip=CKV_AWS_173: The variables hold names, ids and ARNs, no secret; Lambda encrypts them with its own key.
  # checkov:skip=CKV_AWS_272: The plan shows the zip's digest (source_code_hash); a signing profile is an account's own.

  function_name    = var.name
  description      = "Decides Amazon DataZone subscription requests by policy"
  architectures    = ["arm64"]
  filename         = "${path.module}/approver.zip"
  handler          = "index.handler"
  memory_size      = 1024
  publish          = true
  role             = local.role_arn
  runtime          = "nodejs22.x"
  source_code_hash = filebase64sha256("${path.module}/approver.zip")
  timeout          = 120
  tags             = var.tags

  environment {
    variables = {
      APPROVER_NAME                = var.name
      ENVIRONMENT                  = var.environment
      DOMAIN_ID                    = var.domain.id
      PROJECTS_PATH                = "/${var.name}/projects/${terraform_data.set_projects_generation.id}/${local.publishing_projects_digest}"
      POLICIES_PATH                = "/${var.name}/policies/${terraform_data.set_generation.id}/${local.policies_digest}"
      QUEUE_URL                    = local.queue_url
      DEAD_LETTER_QUEUE_URL        = local.dead_letter_queue_url
      TOPIC_ARN                    = var.topic.arn
      OPERATORS_TOPIC_ARN          = var.operators.arn
      MEMBER_ROLE_ARN              = var.approver_role == null ? local.role_arn : local.approver_role_arn
      ASSUME_ROLE_ARN              = var.approver_role == null ? "" : local.approver_role_arn
      MINIMUM_AGE_MINUTES          = var.sweep == null ? "15" : var.sweep.minimum_age_minutes
      POWERTOOLS_SERVICE_NAME      = var.name
      POWERTOOLS_METRICS_NAMESPACE = "SageMakerDataAccess"
      POWERTOOLS_LOG_LEVEL         = "INFO"
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [1]

    content {
      subnet_ids         = var.vpc.subnet_ids
      security_group_ids = var.vpc.security_group_ids
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.log_group,
    aws_iam_role_policy.role_function_policy,
    aws_iam_role_policy.role_function_datazone,
    aws_iam_role_policy.role_approver_datazone,
  ]
}

# The self-check of a new version, and the alias of the live one.

resource "aws_lambda_invocation" "check" {
  function_name = aws_lambda_function.function.function_name
  input         = "{\"operation\":\"check\"}"
  qualifier     = aws_lambda_function.function.version
  triggers      = { version = aws_lambda_function.function.version }

  depends_on = [
    aws_ssm_parameter.set_policy,
    aws_ssm_parameter.set_projects,
    aws_iam_role_policy.role_function_policy,
    aws_iam_role_policy.role_function_datazone,
    aws_iam_role_policy.role_approver_datazone,
  ]
}

resource "aws_lambda_alias" "alias" {
  name             = "live"
  function_name    = aws_lambda_function.function.function_name
  description      = "The live version: its self-check has passed"
  function_version = aws_lambda_function.function.version

  depends_on = [
    aws_lambda_invocation.check,
    aws_ssm_parameter.set_policy,
    aws_ssm_parameter.set_projects,
  ]
}

# The queue that invokes the function, and the topics for results of asynchronous invocations.

resource "aws_lambda_event_source_mapping" "queue_to_function" {
  function_name           = aws_lambda_alias.alias.arn
  batch_size              = 10
  event_source_arn        = local.queue_arn
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = 2
  }
}

resource "aws_lambda_function_event_invoke_config" "asynchronous" {
  function_name          = aws_lambda_alias.alias.function_name
  maximum_retry_attempts = 2
  qualifier              = aws_lambda_alias.alias.name

  destination_config {
    on_failure {
      destination = var.operators.arn
    }

    dynamic "on_success" {
      for_each = var.success_topic == null ? [] : [1]

      content {
        destination = var.success_topic.arn
      }
    }
  }
}

# For people to look at: the query of who approved what, and the dashboard.

resource "aws_cloudwatch_query_definition" "decisions" {
  name            = "${var.name}/decisions"
  log_group_names = [aws_cloudwatch_log_group.log_group.name]
  query_string    = "filter message = \"decision\" and decision.outcome in [\"approved\", \"rejected\"] and @message not like /\"dryRun\":true/\n| fields @timestamp, decision.decidedAt, decision.outcome, decision.subscriptionRequestId, decision.listing.name, decision.project.name,\n    decision.subscriber.name, decision.requester.id, decision.decidedBy, decision.policies.0, decision.policies.1, decision.policySet\n| sort @timestamp asc\n| dedup decision.subscriptionRequestId"
}

resource "aws_cloudwatch_dashboard" "dashboard" {
  count = var.dashboard != null ? 1 : 0

  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      {
        type   = "metric"
        x      = 0
        y      = 0
        width  = 12
        height = 6
        properties = {
          view    = "timeSeries"
          region  = local.region
          title   = "Decisions by outcome, an hour"
          stat    = "Sum"
          period  = 3600
          stacked = true
          metrics = [
            [
              "SageMakerDataAccess",
              "Approved",
              "service",
              var.name,
              {
                label = "approved by policy"
                color = "#1d8102"
              },
            ],
            [
              "SageMakerDataAccess",
              "ApprovedByPeople",
              "service",
              var.name,
              { label = "approved by people" },
            ],
            [
              "SageMakerDataAccess",
              "Rejected",
              "service",
              var.name,
              {
                label = "rejected by policy"
                color = "#d13212"
              },
            ],
            [
              "SageMakerDataAccess",
              "RejectedByPeople",
              "service",
              var.name,
              { label = "rejected by people" },
            ],
            [
              "SageMakerDataAccess",
              "Waiting",
              "service",
              var.name,
              {
                label = "left to people, reminders too"
                color = "#ff7f0e"
              },
            ],
            [
              "SageMakerDataAccess",
              "Failed",
              "service",
              var.name,
              {
                label = "failed"
                color = "#687078"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 0
        width  = 12
        height = 6
        properties = {
          view   = "timeSeries"
          region = local.region
          title  = "Oldest pending request, seconds; each complete sweep says it"
          stat   = "Maximum"
          period = 3600
          metrics = [
            [
              "SageMakerDataAccess",
              "OldestPendingAge",
              "service",
              var.name,
              {
                label = "age"
                color = "#ff7f0e"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 0
        y      = 6
        width  = 6
        height = 6
        properties = {
          view   = "timeSeries"
          region = local.region
          title  = "Age of the oldest message on the queue, seconds"
          stat   = "Maximum"
          period = 300
          metrics = [
            [
              "AWS/SQS",
              "ApproximateAgeOfOldestMessage",
              "QueueName",
              local.queue_name,
              { label = "age" },
            ],
          ]
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 3600
              },
            ]
          }
        }
      },
      {
        type   = "metric"
        x      = 6
        y      = 6
        width  = 6
        height = 6
        properties = {
          view   = "timeSeries"
          region = local.region
          title  = "Dead letters"
          stat   = "Maximum"
          period = 300
          metrics = [
            [
              "AWS/SQS",
              "ApproximateNumberOfMessagesVisible",
              "QueueName",
              local.dead_letter_queue_name,
              {
                label = "messages"
                color = "#d13212"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 12
        y      = 6
        width  = 6
        height = 6
        properties = {
          view   = "timeSeries"
          region = local.region
          title  = "Errors, throttles and incomplete sweeps"
          stat   = "Sum"
          period = 300
          metrics = [
            [
              "AWS/Lambda",
              "Errors",
              "FunctionName",
              aws_lambda_function.function.function_name,
              {
                label = "errors of the function"
                color = "#d13212"
              },
            ],
            [
              "AWS/Lambda",
              "Throttles",
              "FunctionName",
              aws_lambda_function.function.function_name,
              { label = "throttles of the function" },
            ],
            [
              "SageMakerDataAccess",
              "IncompleteSweeps",
              "service",
              var.name,
              {
                label = "incomplete sweeps"
                color = "#687078"
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        x      = 18
        y      = 6
        width  = 6
        height = 6
        properties = {
          view   = "timeSeries"
          region = local.region
          title  = "From a request to its decision by policy, milliseconds"
          stat   = "p90"
          period = 3600
          metrics = [
            ["SageMakerDataAccess", "DecisionLatency", "service", var.name, { label = "p90" }],
          ]
        }
      },
    ]
  })
}
