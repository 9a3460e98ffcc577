output "arn" {
  description = "ARN of the rule: what a queue's or topic's policy has to let in."
  value       = aws_cloudwatch_event_rule.rule.arn
}

output "name" {
  description = "Name of the rule."
  value       = aws_cloudwatch_event_rule.rule.name
}
