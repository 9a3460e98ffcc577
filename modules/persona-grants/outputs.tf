output "grant_arns" {
  description = "ARN of each grant, by the grant's key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.access_grant_arn }
}

output "grant_ids" {
  description = "Id of each grant, by the grant's key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.access_grant_id }
}

output "grant_scopes" {
  description = "Full scope of each grant, e.g. `s3://my-bucket/Product/*`, by the grant's key."
  value       = { for k, v in aws_s3control_access_grant.grant : k => v.grant_scope }
}

output "aws_profiles" {
  description = "Text of an AWS profile for `~/.aws/config`, for each grant, named and keyed by the grant's key: with it any AWS tool uses the grant's credentials (`aws --profile <key> …`). The file examples/studio/grant_credentials.py must be in the home directory of the Studio space."

  value = {
    for key, entry in var.grants :
    key => "[profile ${key}]\nregion = ${local.region}\ncredential_process = python3 /home/sagemaker-user/grant_credentials.py --target '${replace(aws_s3control_access_grant.grant[key].grant_scope, "'", "'\\''")}' --permission ${entry.permission} --account-id ${var.account_id} --region ${local.region}\n"
  }
}
