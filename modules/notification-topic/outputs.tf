output "arn" {
  description = "ARN of the topic."
  value       = local.topic_arn
}

output "key_arn" {
  description = "ARN of the key that encrypts the messages."
  value       = local.kms_key_arn
}

output "subscription_arns" {
  description = "ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it."
  value       = { for k, v in aws_sns_topic_subscription.subscription : k => v.arn }
}
