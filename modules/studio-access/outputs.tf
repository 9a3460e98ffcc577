output "bucket_name" {
  description = "Name of the data bucket."
  value       = module.data.bucket_name
}

output "bucket_arn" {
  description = "ARN of the data bucket."
  value       = module.data.arn
}

output "load_result" {
  description = "What the dataset loader said of its last run, as JSON."
  value       = module.data.load_result
}

output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = module.access.instance_arn
}

output "location_ids" {
  description = "Id of the location, under the key `data`."
  value       = module.access.location_ids
}

output "grant_arns" {
  description = "ARN of each grant, by its persona and its key."
  value       = module.access.grant_arns
}

output "grant_scopes" {
  description = "What each grant reaches, by its persona and its key."
  value       = module.access.grant_scopes
}

output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = module.studio.domain_id
}

output "url" {
  description = "Where to open Studio."
  value       = module.studio.url
}

output "role_arns" {
  description = "ARN of each persona's role, by the persona's name."
  value       = module.studio.role_arns
}

output "scratch_bucket_name" {
  description = "Name of the bucket for SageMaker's own files; each persona has the folder `<persona>/`."
  value       = module.studio.scratch_bucket_name
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
