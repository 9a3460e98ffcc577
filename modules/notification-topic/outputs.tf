output "arn" {
  description = "ARN of the topic."
  value       = var.topic == null ? one(aws_sns_topic.topic[*].arn) : var.topic.arn
}

output "key_arn" {
  description = "ARN of the key that encrypts the messages."
  value       = var.kms_key == null ? one(aws_kms_key.key[*].arn) : var.kms_key.arn
}

output "subscription_arns" {
  description = "ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it."
  value       = { for k, v in aws_sns_topic_subscription.subscription : k => v.arn }
}
