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

output "aws_profiles" {
  description = "A profile for `~/.aws/config` for each grant, named by its key: any AWS tool then works with the credentials of the grant (`aws --profile <key> …`). It takes examples/studio/grant_credentials.py to be in the home directory of a Studio space."

  value = {
    for key, entry in var.grants :
    key => "[profile ${key}]\nregion = ${local.region}\ncredential_process = python3 /home/sagemaker-user/grant_credentials.py --target '${replace(aws_s3control_access_grant.grant[key].grant_scope, "'", "'\\''")}' --permission ${entry.permission} --account-id ${var.account_id} --region ${local.region}\n"
  }
}
