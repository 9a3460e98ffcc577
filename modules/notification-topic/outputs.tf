output "arn" {
  description = "ARN of the topic."
  value       = local.topic_arn
}

output "name" {
  description = "Name of the topic, if it was created here. Null where there is none."
  value       = one(aws_sns_topic.topic[*].name)
}

output "key_arn" {
  description = "ARN of the key that encrypts the messages. Null where there is none."
  value       = local.kms_key_arn
}

output "kms_key" {
  description = "The key that encrypts the messages, as an object `{ arn = … }`, for inputs that take a topic together with its key. Null where there is none."
  value       = var.kms_key != null ? var.kms_key : one([for v in aws_kms_key.key : { arn = v.arn }])
}

output "subscription_arns" {
  description = "ARN of each subscription, by the subscription's key. An e-mail subscription has an ARN only after its owner has confirmed it."
  value       = { for k, v in aws_sns_topic_subscription.subscription : k => v.arn }
}
