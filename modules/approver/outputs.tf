output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.function.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.function.arn
}

output "function_version" {
  description = "Version of the function that is live: its check has passed."
  value       = aws_lambda_alias.alias.function_version
}

output "alias_name" {
  description = "Name of the alias of the live version, which queue, schedule and people invoke."
  value       = aws_lambda_alias.alias.name
}

output "alias_arn" {
  description = "ARN of the alias: what to invoke by hand."
  value       = aws_lambda_alias.alias.arn
}

output "log_group_name" {
  description = "Name of the log group with a record of every decision."
  value       = aws_cloudwatch_log_group.log_group.name
}

output "log_group_arn" {
  description = "ARN of the log group."
  value       = aws_cloudwatch_log_group.log_group.arn
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = local.role_arn
}

output "function_role_name" {
  description = "Name of the role made for the function. Null where there is none."
  value       = one(aws_iam_role.role_function[*].name)
}

output "approver_role_name" {
  description = "Name of the separate approver role made here. Null where there is none."
  value       = one(aws_iam_role.role_approver[*].name)
}

output "member_role_arn" {
  description = "ARN of the role that has to be a contributor of each publishing project, and of no subscribing one."
  value       = var.approver_role == null ? local.role_arn : local.approver_role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) that the function's role needs: for a role of your own."
  value       = data.aws_iam_policy_document.role_function_document.json
}

output "approver_policy" {
  description = "IAM policy (JSON) that the project's member needs: for a role of your own."
  value       = data.aws_iam_policy_document.role_datazone_document.json
}

output "queue_arn" {
  description = "ARN of the queue that event rules feed."
  value       = local.queue_arn
}

output "queue_url" {
  description = "URL of the queue."
  value       = local.queue_url
}

output "queue_name" {
  description = "Name of the queue."
  value       = local.queue_name
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue for what cannot be delivered or decided."
  value       = local.dead_letter_queue_arn
}

output "dead_letter_queue_url" {
  description = "URL of the dead-letter queue."
  value       = local.dead_letter_queue_url
}

output "dead_letter_queue_name" {
  description = "Name of the dead-letter queue."
  value       = local.dead_letter_queue_name
}

output "policies_digest" {
  description = "Digest of the policy set. Each decision's comment starts with its first 12 characters."
  value       = local.policies_digest
}

output "policies_path" {
  description = "Path in Parameter Store of the policy set, one parameter a policy."
  value       = "/${var.name}/policies/${terraform_data.set_generation.id}/${local.policies_digest}"
}

output "projects_path" {
  description = "Path in Parameter Store of the list of the publishing projects, 100 ids a parameter."
  value       = "/${var.name}/projects/${terraform_data.set_projects_generation.id}/${local.publishing_projects_digest}"
}

output "check" {
  description = "What the check said (JSON) when the live version went live: policies, membership, what it can read and publish. It is not asked again when a membership is made: invoke the function with `{\"operation\":\"check\"}` to know what is true now."
  value       = aws_lambda_invocation.check.result
}

output "redrive_command" {
  description = "AWS CLI command that puts what is in the dead-letter queue back on the queue."
  value       = "aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn} --destination-arn ${local.queue_arn}"
}

output "alarm_names" {
  description = "Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null without a schedule."

  value = {
    dead_letters      = aws_cloudwatch_metric_alarm.alarm_dead_letters.alarm_name
    errors            = aws_cloudwatch_metric_alarm.alarm_errors.alarm_name
    oldest_message    = aws_cloudwatch_metric_alarm.alarm_oldest_message.alarm_name
    failed            = aws_cloudwatch_metric_alarm.alarm_failed.alarm_name
    incomplete_sweeps = aws_cloudwatch_metric_alarm.alarm_incomplete_sweeps.alarm_name
    oldest_pending    = one(aws_cloudwatch_metric_alarm.alarm_oldest_pending[*].alarm_name)
  }
}
