output "member_role_arn" {
  description = "ARN of the role that has to be a contributor of each publishing project, and of no subscribing one."
  value       = module.approver.member_role_arn
}

output "membership_commands" {
  description = "AWS CLI command that makes the approver a contributor, by publishing project."
  value       = module.membership.commands
}

output "function_name" {
  description = "Name of the approver's function."
  value       = module.approver.function_name
}

output "alias_arn" {
  description = "ARN of the function's live alias: what to invoke by hand."
  value       = module.approver.alias_arn
}

output "log_group_name" {
  description = "Log group with a record of every decision."
  value       = module.approver.log_group_name
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = module.approver.function_role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) that the function's role needs: for a role of your own."
  value       = module.approver.function_policy
}

output "approver_policy" {
  description = "IAM policy (JSON) that the project's member needs: for a role of your own."
  value       = module.approver.approver_policy
}

output "event_rule_arn" {
  description = "ARN of the event rule: for the policies of a queue or topic of your own."
  value       = module.event_rule.arn
}

output "topic_arn" {
  description = "ARN of the topic for the people who ask and approve."
  value       = module.notifications.arn
}

output "operators_topic_arn" {
  description = "ARN of the operators' topic."
  value       = module.operators.arn
}

output "queue_url" {
  description = "URL of the queue that the event rule feeds."
  value       = module.approver.queue_url
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue for what cannot be delivered or decided."
  value       = module.approver.dead_letter_queue_arn
}

output "policies_digest" {
  description = "Digest of the policy set. Each decision's comment starts with its first 12 characters."
  value       = module.approver.policies_digest
}

output "check" {
  description = "What the check said (JSON) when the live version went live: policies, membership, what it can read and publish. It is not asked again when a membership is made: invoke the function with `{\"operation\":\"check\"}` to know what is true now."
  value       = module.approver.check
}

output "redrive_command" {
  description = "AWS CLI command that puts what is in the dead-letter queue back on the queue."
  value       = module.approver.redrive_command
}
