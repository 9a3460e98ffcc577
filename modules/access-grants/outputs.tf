output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = local.instance_arn
}

output "location_ids" {
  description = "Id of each location, by its key."

  value = {
    for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_id
  }
}

output "grant_arns" {
  description = "ARN of each grant, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_arns }
}

output "grant_scopes" {
  description = "What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_scopes }
}
