output "function_name" {
  description = "Name of the function. Invoke it with the alias: without it the version published last runs, whose check may have failed."
  value       = module.approver.function_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = module.approver.function_arn
}

output "function_version" {
  description = "Version of the function that the alias points to. Its self-check has passed."
  value       = module.approver.function_version
}

output "alias_name" {
  description = "Name of the alias of the live version. Queue, schedule and people invoke the alias."
  value       = module.approver.alias_name
}

output "alias_arn" {
  description = "ARN of the alias of the live version. Invoke this one by hand: without the alias the version published last runs, whose check may have failed."
  value       = module.approver.alias_arn
}

output "log_group_name" {
  description = "Name of the function's log group, which has a record of every decision."
  value       = module.approver.log_group_name
}

output "log_group_arn" {
  description = "ARN of the function's log group."
  value       = module.approver.log_group_arn
}

output "function_role_arn" {
  description = "ARN of the role that the function runs as."
  value       = module.approver.function_role_arn
}

output "function_role_name" {
  description = "Name of the role that the function runs as, if it was created here. Null where there is none."
  value       = module.approver.function_role_name
}

output "approver_role_name" {
  description = "Name of the separate approver role, if it was created here. Null where there is none."
  value       = module.approver.approver_role_name
}

output "member_role_arn" {
  description = "ARN of the role to make a contributor of each publishing project, and a member of no subscribing project."
  value       = module.approver.member_role_arn
}

output "function_policy" {
  description = "IAM policy (JSON) with the permissions of the function's role. Attach it to a role of your own."
  value       = module.approver.function_policy
}

output "approver_policy" {
  description = "IAM policy (JSON) with the permissions in Amazon DataZone of the project's member. Attach it to a role of your own."
  value       = module.approver.approver_policy
}

output "queue_arn" {
  description = "ARN of the queue that event rules send to."
  value       = module.approver.queue_arn
}

output "queue_url" {
  description = "URL of the queue that event rules send to."
  value       = module.approver.queue_url
}

output "queue_name" {
  description = "Name of the queue that event rules send to."
  value       = module.approver.queue_name
}

output "dead_letter_queue_arn" {
  description = "ARN of the dead-letter queue, for requests that cannot be delivered or decided."
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
  description = "SHA-256 digest of the policy set. Its first 12 characters are in the comment of each decision."
  value       = module.approver.policies_digest
}

output "policies_path" {
  description = "Parameter Store path of the policy set, with one parameter for each policy."
  value       = module.approver.policies_path
}

output "projects_path" {
  description = "Parameter Store path of the publishing projects, with 100 project ids in each parameter."
  value       = module.approver.projects_path
}

output "check" {
  description = "Result (JSON) of the self-check that the live version ran before it went live: whether the policies are valid, the role is a member of the projects, and it can read and publish. It is not updated afterwards: to check again, invoke the function with `{\"operation\":\"check\"}`."
  value       = module.approver.check
}

output "redrive_command" {
  description = "AWS CLI command that moves all messages of the dead-letter queue back to the queue."
  value       = module.approver.redrive_command
}

output "pause_command" {
  description = "AWS CLI command that stops decisions at once: requests wait on the queue, for up to 14 days."
  value       = module.approver.pause_command
}

output "resume_command" {
  description = "AWS CLI command that resumes decisions after `pause_command`."
  value       = module.approver.resume_command
}

output "runbook" {
  description = "What to do when an alarm goes off (Markdown), with the names of this deployment, by the ids of `alarm_names`."
  value       = module.approver.runbook
}

output "alarm_names" {
  description = "Names of the alarms: `dead_letters`, `errors`, `oldest_message`, `failed`, `incomplete_sweeps`, and `oldest_pending`, which is null without `sweep`."
  value       = module.approver.alarm_names
}

output "decisions_query_name" {
  description = "Name of the query in CloudWatch Logs Insights that says who approved and rejected what, by policy and by hand."
  value       = module.approver.decisions_query_name
}

output "dashboard_name" {
  description = "Name of the dashboard, if one is made. Null where there is none."
  value       = module.approver.dashboard_name
}

output "event_rule_request_rules" {
  description = "Event rule: The sixteen rules for requests, as objects with their ARN, by a hexadecimal digit (`0` to `f`). The policy of a topic with arrival notices must let them publish."
  value       = module.event_rule.request_rules
}

output "event_rule_rules" {
  description = "Event rule: All rules that put events on the queue, as objects with their ARN: the sixteen rules for requests by a hexadecimal digit, and `later`, the rule for later events. The queues' policies must let them send."
  value       = module.event_rule.rules
}

output "event_rule_names" {
  description = "Event rule: Names of all rules that put events on the queue, by the same keys as `rules`."
  value       = module.event_rule.names
}

output "event_rule_sweep_name" {
  description = "Event rule: Name of the rule that starts sweeps on a schedule. Null where there is none."
  value       = module.event_rule.sweep_name
}

output "event_rule_sweep_arn" {
  description = "Event rule: ARN of the rule that starts sweeps on a schedule. Null where there is none."
  value       = module.event_rule.sweep_arn
}

output "event_rule_alarm_names" {
  description = "Event rule: Names of the alarms, by the same keys as `rules`, and `sweep` for the rule that starts sweeps."
  value       = module.event_rule.alarm_names
}

output "event_rule_runbook" {
  description = "Event rule: What to do when one of the alarms goes off (Markdown), with the names of this deployment, as `undelivered`."
  value       = module.event_rule.runbook
}

output "topic_arn" {
  description = "Topic for the people who ask and approve: ARN of the topic."
  value       = module.notifications.arn
}

output "topic_name" {
  description = "Topic for the people who ask and approve: Name of the topic, if it was created here. Null where there is none."
  value       = module.notifications.name
}

output "topic_key_arn" {
  description = "Topic for the people who ask and approve: ARN of the key that encrypts the messages. Null where there is none."
  value       = module.notifications.key_arn
}

output "topic_subscription_arns" {
  description = "Topic for the people who ask and approve: ARN of each subscription, by the subscription's key. An e-mail subscription has an ARN only after its owner has confirmed it."
  value       = module.notifications.subscription_arns
}

output "operators_topic_arn" {
  description = "Topic for operators: ARN of the topic."
  value       = module.operators.arn
}

output "operators_topic_name" {
  description = "Topic for operators: Name of the topic, if it was created here. Null where there is none."
  value       = module.operators.name
}

output "operators_topic_key_arn" {
  description = "Topic for operators: ARN of the key that encrypts the messages. Null where there is none."
  value       = module.operators.key_arn
}

output "operators_topic_subscription_arns" {
  description = "Topic for operators: ARN of each subscription, by the subscription's key. An e-mail subscription has an ARN only after its owner has confirmed it."
  value       = module.operators.subscription_arns
}

output "membership_commands" {
  description = "The approver's membership of the publishing projects: AWS CLI command that makes a membership, for each member by its key. Run it where `cloud_formation` is not given."
  value       = module.membership.commands
}

output "membership_user_profile_ids" {
  description = "The approver's membership of the publishing projects: Id of each user profile created here, by the profile's key."
  value       = module.membership.user_profile_ids
}

output "membership_stack_ids" {
  description = "The approver's membership of the publishing projects: Id of the CloudFormation stack of each membership created here, by the member's key."
  value       = module.membership.stack_ids
}
