output "function_name" {
  description = "Name of the function. Invoke it with the alias: without it the version published last runs, whose check may have failed."
  value       = aws_lambda_function.function.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.function.arn
}

output "function_version" {
  description = "Version of the function that the alias points to. Its self-check has passed."
  value       = aws_lambda_alias.alias.function_version
}

output "alias_name" {
  description = "Name of the alias of the live version. Queue, schedule and people invoke the alias."
  value       = aws_lambda_alias.alias.name
}

output "alias_arn" {
  description = "ARN of the alias of the live version. Invoke this one by hand: without the alias the version published last runs, whose check may have failed."
  value       = aws_lambda_alias.alias.arn
}

output "log_group_name" {
  description = "Name of the function's log group, which has a record of every decision."
  value       = aws_cloudwatch_log_group.log_group.name
}

output "log_group_arn" {
  description = "ARN of the function's log group."
  value       = aws_cloudwatch_log_group.log_group.arn
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = local.role_arn
}

output "function_role_name" {
  description = "Name of the role that the function runs as, if it was created here. Null where there is none."
  value       = one(aws_iam_role.role_function[*].name)
}

output "approver_role_name" {
  description = "Name of the separate approver role, if it was created here. Null where there is none."
  value       = one(aws_iam_role.role_approver[*].name)
}

output "member_role_arn" {
  description = "ARN of the role to make a contributor of each publishing project, and a member of no subscribing project."
  value       = var.approver_role == null ? local.role_arn : local.approver_role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) with the permissions of the function's role. Attach it to a role of your own."
  value       = data.aws_iam_policy_document.role_function_document.json
}

output "approver_policy" {
  description = "IAM policy (JSON) with the permissions in Amazon DataZone of the project's member. Attach it to a role of your own."
  value       = data.aws_iam_policy_document.role_datazone_document.json
}

output "queue_arn" {
  description = "ARN of the queue that event rules send to."
  value       = local.queue_arn
}

output "queue_url" {
  description = "URL of the queue that event rules send to."
  value       = local.queue_url
}

output "queue_name" {
  description = "Name of the queue that event rules send to."
  value       = local.queue_name
}

output "dead_letter_queue_arn" {
  description = "ARN of the dead-letter queue, for requests that cannot be delivered or decided."
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
  description = "SHA-256 digest of the policy set. Its first 12 characters are in the comment of each decision."
  value       = local.policies_digest
}

output "policies_path" {
  description = "Parameter Store path of the policy set, with one parameter for each policy."
  value       = "/${var.name}/policies/${terraform_data.set_generation.id}/${local.policies_digest}"
}

output "projects_path" {
  description = "Parameter Store path of the publishing projects, with 100 project ids in each parameter."
  value       = "/${var.name}/projects/${terraform_data.set_projects_generation.id}/${local.publishing_projects_digest}"
}

output "check" {
  description = "Result (JSON) of the self-check that the live version ran before it went live: whether the policies are valid, the role is a member of the projects, and it can read and publish. It is not updated afterwards: to check again, invoke the function with `{\"operation\":\"check\"}`."
  value       = aws_lambda_invocation.check.result
}

output "redrive_command" {
  description = "AWS CLI command that moves all messages of the dead-letter queue back to the queue."
  value       = "aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn} --destination-arn ${local.queue_arn}"
}

output "pause_command" {
  description = "AWS CLI command that stops decisions at once: requests wait on the queue, for up to 14 days."
  value       = "aws lambda update-event-source-mapping --uuid ${aws_lambda_event_source_mapping.queue_to_function.uuid} --no-enabled"
}

output "resume_command" {
  description = "AWS CLI command that resumes decisions after `pause_command`."
  value       = "aws lambda update-event-source-mapping --uuid ${aws_lambda_event_source_mapping.queue_to_function.uuid} --enabled"
}

output "runbook" {
  description = "What to do when an alarm goes off (Markdown), with the names of this deployment, by the ids of `alarm_names`."

  value = {
    dead_letters      = "Events or subscription requests could not be delivered or decided, and are in the dead-letter queue.\n\n1. See what is there; each message is a request's event, or names its id:\n\n       aws sqs receive-message --queue-url ${local.dead_letter_queue_url} --max-number-of-messages 10 --visibility-timeout 60 --query 'Messages[].Body'\n\n2. Read why, in the function's log of the last hour:\n\n       ${local.log_command}\n\n3. Ask the check what to repair, and repair it:\n\n       ${local.check_command}\n\n4. Put them back; to do so twice does no harm. A message that is not about a request comes back: delete it:\n\n       aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn} --destination-arn ${local.queue_arn}\n"
    errors            = "The approver's function failed; the messages are tried again.\n\n1. Read why, in the function's log of the last hour:\n\n       ${local.log_command}\n\n2. Ask the check what to repair:\n\n       ${local.check_command}\n\n3. If a deployment is the cause, deploy the previous commit. Until then, let requests wait on the queue:\n\n       aws lambda update-event-source-mapping --uuid ${aws_lambda_event_source_mapping.queue_to_function.uuid} --no-enabled\n\n4. Then resume decisions:\n\n       aws lambda update-event-source-mapping --uuid ${aws_lambda_event_source_mapping.queue_to_function.uuid} --enabled\n"
    oldest_message    = "A message has been on the queue for more than an hour: decisions fail or are throttled, or the function is not receiving messages.\n\n1. Read whether decisions are throttled, in the log of the last hour:\n\n       ${local.log_command}\n\n2. If the log is empty, decisions may have been paused: resume them:\n\n       aws lambda update-event-source-mapping --uuid ${aws_lambda_event_source_mapping.queue_to_function.uuid} --enabled\n\n3. Ask the check whether the function works:\n\n       ${local.check_command}\n"
    failed            = "Subscription requests could not be decided, and a retry will not help.\n\n1. Ask the check what to repair, and repair it:\n\n       ${local.check_command}\n\n2. Read the reasons, in the log of the last hour:\n\n       ${local.log_command}\n\n3. Decide them now:\n\n       ${local.sweep_command}\n"
    incomplete_sweeps = "A sweep could not list the pending requests of every publishing project.\n\n1. Read which, and why: \"the sweep is not complete\":\n\n       ${local.log_command}\n\n2. Ask the check whether the role is still a member of the project:\n\n       ${local.check_command}\n\n3. Repair the membership, or list fewer projects in one deployment; then sweep again:\n\n       ${local.sweep_command}\n"
    oldest_pending    = "A subscription request has been waiting too long for a person.\n\n1. See what waits, the oldest by its date:\n\n       aws datazone list-subscription-requests --domain-identifier ${var.domain.id} --status PENDING --query 'items[].[createdAt, id, subscribedListings[0].name]' --output text\n\n2. Its owners decide it in the portal. If a policy should have decided it, see what a sweep would do about all that waits:\n\n       printf '{\"operation\":\"sweep\",\"dryRun\":true}' | aws lambda invoke --function-name ${aws_lambda_function.function.function_name}:live --payload fileb:///dev/stdin answer.json >&2 && cat answer.json\n"
  }
}

output "alarm_names" {
  description = "Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null without `sweep`."

  value = {
    dead_letters      = aws_cloudwatch_metric_alarm.alarm_dead_letters.alarm_name
    errors            = aws_cloudwatch_metric_alarm.alarm_errors.alarm_name
    oldest_message    = aws_cloudwatch_metric_alarm.alarm_oldest_message.alarm_name
    failed            = aws_cloudwatch_metric_alarm.alarm_failed.alarm_name
    incomplete_sweeps = aws_cloudwatch_metric_alarm.alarm_incomplete_sweeps.alarm_name
    oldest_pending    = one(aws_cloudwatch_metric_alarm.alarm_oldest_pending[*].alarm_name)
  }
}

output "decisions_query_name" {
  description = "Name of the query in CloudWatch Logs Insights that says who approved and rejected what, by policy and by hand."
  value       = aws_cloudwatch_query_definition.decisions.name
}

output "dashboard_name" {
  description = "Name of the dashboard, if one is made. Null where there is none."
  value       = one(aws_cloudwatch_dashboard.dashboard[*].dashboard_name)
}
