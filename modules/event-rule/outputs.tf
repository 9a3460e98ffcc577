output "request_rules" {
  description = "The rules for requests, by their parts, `0` to `f`: what the policy of a topic with arrival notices has to let in."
  value       = { for k, v in aws_cloudwatch_event_rule.requests : k => { arn = v.arn } }
}

output "rules" {
  description = "All rules that put events on the queue, `later` among them: what the queues' policies have to let in."

  value = merge({ for k, v in aws_cloudwatch_event_rule.requests : k => { arn = v.arn } }, {
    later = { arn = aws_cloudwatch_event_rule.later.arn }
  })
}

output "names" {
  description = "Names of these rules."
  value       = merge(local.request_rule_names, { later = aws_cloudwatch_event_rule.later.name })
}

output "sweep_name" {
  description = "Name of the rule that is the schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].name)
}

output "sweep_arn" {
  description = "ARN of the rule that is the schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].arn)
}

output "alarm_names" {
  description = "Names of the alarms, by the keys of the rules; `sweep` is that of the schedule."

  value = merge({ for k, v in aws_cloudwatch_metric_alarm.undelivered : k => v.alarm_name }, {
    sweep = one(aws_cloudwatch_metric_alarm.sweep_undelivered[*].alarm_name)
  })
}
