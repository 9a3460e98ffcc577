output "arn" {
  description = "ARN of the topic."
  value       = local.topic_arn
}

output "kms_key" {
  description = "The same key as an object, null where there is none: for what takes a topic with its key."

  value = (
    var.kms_key != null
    ? var.kms_key
    : length(aws_kms_key.key) == 0
    ? null
    : { arn = one(aws_kms_key.key[*].arn) }
  )
}

output "key_arn" {
  description = "ARN of the key that encrypts the messages."
  value       = local.kms_key_arn
}

output "subscription_arns" {
  description = "ARN of each subscription, by its key. An e-mail subscription has one only after its owner confirmed it."
  value       = { for k, v in aws_sns_topic_subscription.subscription : k => v.arn }
}
