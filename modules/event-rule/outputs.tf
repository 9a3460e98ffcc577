output "arn" {
  description = "ARN of the rule: what a queue's or topic's policy has to let in."
  value       = aws_cloudwatch_event_rule.rule.arn
}

output "name" {
  description = "Name of the rule."
  value       = aws_cloudwatch_event_rule.rule.name
}

output "later_arn" {
  description = "ARN of the rule for what the service tells after a decision: what the queues' policies have to let in too."
  value       = aws_cloudwatch_event_rule.later.arn
}

output "later_name" {
  description = "Name of that rule."
  value       = aws_cloudwatch_event_rule.later.name
}

output "sweep_name" {
  description = "Name of the rule that is the schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].name)
}

output "sweep_arn" {
  description = "ARN of the rule that is the schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].arn)
}
