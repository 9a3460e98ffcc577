output "request_rules" {
  description = "The sixteen rules for requests, as objects with their ARN, by a hexadecimal digit (`0` to `f`). The policy of a topic with arrival notices must let them publish."
  value       = { for k, v in aws_cloudwatch_event_rule.requests : k => { arn = v.arn } }
}

output "rules" {
  description = "All rules that put events on the queue, as objects with their ARN: the sixteen rules for requests by a hexadecimal digit, and `later`, the rule for later events. The queues' policies must let them send."

  value = merge({ for k, v in aws_cloudwatch_event_rule.requests : k => { arn = v.arn } }, {
    later = { arn = aws_cloudwatch_event_rule.later.arn }
  })
}

output "names" {
  description = "Names of all rules that put events on the queue, by the same keys as `rules`."
  value       = merge(local.request_rule_names, { later = aws_cloudwatch_event_rule.later.name })
}

output "sweep_name" {
  description = "Name of the rule that starts sweeps on a schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].name)
}

output "sweep_arn" {
  description = "ARN of the rule that starts sweeps on a schedule. Null where there is none."
  value       = one(aws_cloudwatch_event_rule.sweep[*].arn)
}

output "alarm_names" {
  description = "Names of the alarms, by the same keys as `rules`, and `sweep` for the rule that starts sweeps."

  value = merge({ for k, v in aws_cloudwatch_metric_alarm.undelivered : k => v.alarm_name }, {
    sweep = one(aws_cloudwatch_metric_alarm.sweep_undelivered[*].alarm_name)
  })
}

output "runbook" {
  description = "What to do when one of the alarms goes off (Markdown), with the names of this deployment, as `undelivered`."

  value = {
    undelivered = "An event rule could not deliver events: those that are not in the dead-letter queue are lost, and the next sweep finds their requests.\n\n1. See which rules feed the queue; the alarm has its rule's name:\n\n       aws events list-rule-names-by-target --target-arn ${var.queue.arn}\n\n2. The policies of queue and topic must let that rule send, and those of their keys must let EventBridge in: compare them with the configuration:\n\n       terraform plan\n\n3. Then sweep, so that requests whose events were lost are decided: the approver's runbook has the command. The alarm ends with the next event:\n\n       terraform output runbook\n"
  }
}
