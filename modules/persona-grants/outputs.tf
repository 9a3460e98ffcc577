output "grant_arns" {
  description = "ARN of each grant, by its key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.access_grant_arn }
}

output "grant_ids" {
  description = "Id of each grant, by its key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.access_grant_id }
}

output "grant_scopes" {
  description = "What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.grant_scope }
}
