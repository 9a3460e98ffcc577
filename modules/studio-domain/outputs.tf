output "domain_id" {
  description = "Id of the domain."
  value       = aws_sagemaker_domain.domain.id
}

output "domain_arn" {
  description = "ARN of the domain."
  value       = aws_sagemaker_domain.domain.arn
}

output "url" {
  description = "Where to open Studio."
  value       = aws_sagemaker_domain.domain.url
}

output "home_file_system_id" {
  description = "Id of the file system of the home directories."
  value       = aws_sagemaker_domain.domain.home_efs_file_system_id
}

output "role_arns" {
  description = "ARN of each profile's role, by the profile's name: the grantees."

  value = {
    for key, entry in var.profiles :
    key => entry.role == null ? aws_iam_role.role[key].arn : entry.role.arn
  }
}

output "scratch_bucket_name" {
  description = "Name of the bucket for SageMaker's own files; each profile has the folder `<profile>/`."
  value       = aws_s3_bucket.scratch.bucket
}
