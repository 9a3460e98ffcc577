output "member_role_arn" {
  description = "ARN of the role that has to be a contributor of each publishing project, and of no subscribing one."
  value       = var.approver_role == null ? local.role_arn : local.approver_role_arn
}

output "membership_commands" {
  description = "AWS CLI command that makes the approver a contributor, by publishing project."

  value = {
    for key, entry in local.members :
    key => "aws datazone create-project-membership --domain-identifier ${var.domain.id} --project-identifier ${entry.project_id} --designation ${entry.designation} --member '${replace(jsonencode({ ({ "user" = "userIdentifier", "group" = "groupIdentifier" }[entry.type]) = entry.identifier }), "'", "'\\''")}'"
  }
}

output "function_name" {
  description = "Name of the approver's function."
  value       = aws_lambda_function.approver_function.function_name
}

output "alias_arn" {
  description = "ARN of the function's live alias: what to invoke by hand."
  value       = aws_lambda_alias.approver_alias.arn
}

output "log_group_name" {
  description = "Log group with a record of every decision."
  value       = aws_cloudwatch_log_group.approver_log_group.name
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = local.role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) that the function's role needs: for a role of your own."
  value       = data.aws_iam_policy_document.approver_role_function_policy_document.json
}

output "approver_policy" {
  description = "IAM policy (JSON) that the project's member needs: for a role of your own."
  value       = data.aws_iam_policy_document.approver_role_datazone_policy_document.json
}

output "event_rule_arn" {
  description = "ARN of the event rule: for the policies of a queue or topic of your own."
  value       = aws_cloudwatch_event_rule.event_rule_rule.arn
}

output "topic_arn" {
  description = "ARN of the topic for the people who ask and approve."
  value       = local.notifications_topic_arn
}

output "operators_topic_arn" {
  description = "ARN of the operators' topic."
  value       = local.operators_topic_arn
}

output "queue_url" {
  description = "URL of the queue that the event rule feeds."
  value       = local.queue_url
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue for what cannot be delivered or decided."
  value       = local.dead_letter_queue_arn
}

output "policies_digest" {
  description = "Digest of the policy set. Each decision's comment starts with its first 12 characters."
  value       = local.policies_digest
}

output "check" {
  description = "What the live version's check said (JSON): policies, membership, what it can read and publish."
  value       = aws_lambda_invocation.approver_check.result
}

output "redrive_command" {
  description = "AWS CLI command that puts what is in the dead-letter queue back on the queue."
  value       = "aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn} --destination-arn ${local.queue_arn}"
}
