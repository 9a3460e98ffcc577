output "bucket_name" {
  description = "Name of the data bucket."
  value       = aws_s3_bucket.data_bucket.bucket
}

output "bucket_arn" {
  description = "ARN of the data bucket."
  value       = aws_s3_bucket.data_bucket.arn
}

output "load_result" {
  description = "What the dataset loader said of its last run, as JSON."
  value       = one(aws_lambda_invocation.data_load[*].result)
}

output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = local.instance_arn
}

output "location_ids" {
  description = "Id of the location, under the key `data`."

  value = {
    data = aws_s3control_access_grants_location.access_location_data.access_grants_location_id
  }
}

output "grant_arns" {
  description = "ARN of each grant, by its persona and its key."
  value       = { for k, v in module.access_persona : k => v.grant_arns }
}

output "grant_scopes" {
  description = "What each grant reaches, by its persona and its key."
  value       = { for k, v in module.access_persona : k => v.grant_scopes }
}

output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = aws_sagemaker_domain.studio_domain.id
}

output "url" {
  description = "Where to open Studio."
  value       = aws_sagemaker_domain.studio_domain.url
}

output "role_arns" {
  description = "ARN of each persona's role, by the persona's name."
  value       = local.role_arns
}

output "scratch_bucket_name" {
  description = "Name of the bucket for SageMaker's own files; each persona has the folder `<persona>/`."
  value       = aws_s3_bucket.studio_scratch.bucket
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = local.network_vpc_id
}

output "subnet_ids" {
  description = "Ids of the private subnets."
  value       = local.network_subnet_ids
}

output "security_group_ids" {
  description = "Ids of the security groups of Studio and its jobs."
  value       = local.network_security_group_ids
}
