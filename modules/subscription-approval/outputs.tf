output "function_name" {
  description = "Name of the function."
  value       = module.approver.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = module.approver.function_arn
}

output "function_version" {
  description = "Version of the function that is live: its check has passed."
  value       = module.approver.function_version
}

output "alias_name" {
  description = "Name of the alias of the live version, which queue, schedule and people invoke."
  value       = module.approver.alias_name
}

output "alias_arn" {
  description = "ARN of the alias: what to invoke by hand."
  value       = module.approver.alias_arn
}

output "log_group_name" {
  description = "Name of the log group with a record of every decision."
  value       = module.approver.log_group_name
}

output "log_group_arn" {
  description = "ARN of the log group."
  value       = module.approver.log_group_arn
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = module.approver.function_role_arn
}

output "function_role_name" {
  description = "Name of the role made for the function. Null where there is none."
  value       = module.approver.function_role_name
}

output "approver_role_name" {
  description = "Name of the separate approver role made here. Null where there is none."
  value       = module.approver.approver_role_name
}

output "member_role_arn" {
  description = "ARN of the role that has to be a contributor of each publishing project, and of no subscribing one."
  value       = module.approver.member_role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) that the function's role needs: for a role of your own."
  value       = module.approver.function_policy
}

output "approver_policy" {
  description = "IAM policy (JSON) that the project's member needs: for a role of your own."
  value       = module.approver.approver_policy
}

output "queue_arn" {
  description = "ARN of the queue that event rules feed."
  value       = module.approver.queue_arn
}

output "queue_url" {
  description = "URL of the queue."
  value       = module.approver.queue_url
}

output "queue_name" {
  description = "Name of the queue."
  value       = module.approver.queue_name
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue for what cannot be delivered or decided."
  value       = module.approver.dead_letter_queue_arn
}

output "dead_letter_queue_url" {
  description = "URL of the dead-letter queue."
  value       = module.approver.dead_letter_queue_url
}

output "dead_letter_queue_name" {
  description = "Name of the dead-letter queue."
  value       = module.approver.dead_letter_queue_name
}

output "policies_digest" {
  description = "Digest of the policy set. Each decision's comment starts with its first 12 characters."
  value       = module.approver.policies_digest
}

output "policies_path" {
  description = "Path in Parameter Store of the policy set, one parameter a policy."
  value       = module.approver.policies_path
}

output "projects_path" {
  description = "Path in Parameter Store of the list of the publishing projects, 100 ids a parameter."
  value       = module.approver.projects_path
}

output "check" {
  description = "What the check said (JSON) when the live version went live: policies, membership, what it can read and publish. It is not asked again when a membership is made: invoke the function with `{\"operation\":\"check\"}` to know what is true now."
  value       = module.approver.check
}

output "redrive_command" {
  description = "AWS CLI command that puts what is in the dead-letter queue back on the queue."
  value       = module.approver.redrive_command
}

output "alarm_names" {
  description = "Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null without a schedule."
  value       = module.approver.alarm_names
}

output "event_rule_request_rules" {
  description = "Event rule: The rules for requests, by their parts, `0` to `f`: what the policy of a topic with arrival notices has to let in."
  value       = module.event_rule.request_rules
}

output "event_rule_rules" {
  description = "Event rule: All rules that put events on the queue, `later` among them: what the queues' policies have to let in."
  value       = module.event_rule.rules
}

output "event_rule_names" {
  description = "Event rule: Names of these rules."
  value       = module.event_rule.names
}

output "event_rule_sweep_name" {
  description = "Event rule: Name of the rule that is the schedule. Null where there is none."
  value       = module.event_rule.sweep_name
}

output "event_rule_sweep_arn" {
  description = "Event rule: ARN of the rule that is the schedule. Null where there is none."
  value       = module.event_rule.sweep_arn
}

output "event_rule_alarm_names" {
  description = "Event rule: Names of the alarms, by the keys of the rules; `sweep` is that of the schedule."
  value       = module.event_rule.alarm_names
}

output "topic_arn" {
  description = "Topic for the people who ask and approve: ARN of the topic."
  value       = module.notifications.arn
}

output "topic_name" {
  description = "Topic for the people who ask and approve: Name of the topic made here. Null where there is none."
  value       = module.notifications.name
}

output "topic_key_arn" {
  description = "Topic for the people who ask and approve: ARN of the key that encrypts the messages. Null where there is none."
  value       = module.notifications.key_arn
}

output "topic_subscription_arns" {
  description = "Topic for the people who ask and approve: ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it."
  value       = module.notifications.subscription_arns
}

output "operators_topic_arn" {
  description = "Topic for operators: ARN of the topic."
  value       = module.operators.arn
}

output "operators_topic_name" {
  description = "Topic for operators: Name of the topic made here. Null where there is none."
  value       = module.operators.name
}

output "operators_topic_key_arn" {
  description = "Topic for operators: ARN of the key that encrypts the messages. Null where there is none."
  value       = module.operators.key_arn
}

output "operators_topic_subscription_arns" {
  description = "Topic for operators: ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it."
  value       = module.operators.subscription_arns
}

output "membership_commands" {
  description = "The approver's membership of the publishing projects: AWS CLI command that makes each membership, by its key: for whoever may, where it is not made here."
  value       = module.membership.commands
}

output "membership_user_profile_ids" {
  description = "The approver's membership of the publishing projects: Id of each user profile made here, by its key."
  value       = module.membership.user_profile_ids
}

output "membership_stack_ids" {
  description = "The approver's membership of the publishing projects: Id of the CloudFormation stack of each membership made here, by its key."
  value       = module.membership.stack_ids
}
