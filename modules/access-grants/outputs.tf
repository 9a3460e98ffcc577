output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = local.instance_arn
}

output "instance_id" {
  description = "Id of the instance made here. Null where there is none."
  value       = one(aws_s3control_access_grants_instance.instance[*].access_grants_instance_id)
}

output "location_ids" {
  description = "Id of each location, by its key."

  value = {
    for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_id
  }
}

output "location_arns" {
  description = "ARN of each location, by its key."

  value = {
    for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_arn
  }
}

output "location_role_arns" {
  description = "ARN of each location's role, given or made here, by the location's key: what policies of buckets and keys have to let in."

  value = {
    for key, entry in var.locations :
    key => entry.role == null ? aws_iam_role.location_role[key].arn : entry.role.arn
  }
}

output "location_role_names" {
  description = "Name of each role made for a location, by the location's key."
  value       = { for k, v in aws_iam_role.location_role : k => v.name }
}

output "grant_arns" {
  description = "ARN of each grant, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_arns }
}

output "grant_ids" {
  description = "Id of each grant, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_ids }
}

output "grant_scopes" {
  description = "What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_scopes }
}

output "aws_profiles" {
  description = "A profile for `~/.aws/config` for each grant, by its persona and its key: any AWS tool then works with the credentials of the grant (`aws --profile <key> …`). It takes examples/studio/grant_credentials.py to be in the home directory of a Studio space."
  value       = { for k, v in module.persona : k => v.aws_profiles }
}
