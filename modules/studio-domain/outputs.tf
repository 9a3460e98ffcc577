output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = aws_sagemaker_domain.domain.id
}

output "domain_arn" {
  description = "ARN of the domain."
  value       = aws_sagemaker_domain.domain.arn
}

output "update_subnets_command" {
  description = "The AWS CLI command that gives the domain the subnets of `network`. Run it after a change of them: SageMaker changes subnets in place, Terraform's provider cannot, and leaves the domain as it is."
  value       = "aws sagemaker update-domain --domain-id ${aws_sagemaker_domain.domain.id} --app-network-access-type VpcOnly --vpc-id ${var.network.vpc_id} --subnet-ids ${join(" ", var.network.subnet_ids)}"
}

output "url" {
  description = "Where to open Studio."
  value       = aws_sagemaker_domain.domain.url
}

output "home_file_system_id" {
  description = "Id of the file system of the home directories."
  value       = aws_sagemaker_domain.domain.home_efs_file_system_id
}

output "domain_role_arn" {
  description = "ARN of the domain's own role, which may do nothing."
  value       = aws_iam_role.domain_role.arn
}

output "role_arns" {
  description = "ARN of each profile's role, given or made here, by the profile's name: the grantees."

  value = {
    for key, entry in var.profiles :
    key => entry.role == null ? aws_iam_role.role[key].arn : entry.role.arn
  }
}

output "role_names" {
  description = "Name of each role made for a profile, by the profile's name."
  value       = { for k, v in aws_iam_role.role : k => v.name }
}

output "profile_arns" {
  description = "ARN of each user profile, by its name."
  value       = { for k, v in aws_sagemaker_user_profile.profile : k => v.arn }
}

output "sign_in_policies" {
  description = "Who may sign in as whom: the IAM policy, as JSON, for the role or user that a person comes to AWS with, by the profile's name. It allows a presigned URL of that profile and no other: whoever may make one of every profile is everyone."

  value = {
    for key, entry in var.profiles : key => jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "SignIn"
          Effect   = "Allow"
          Action   = "sagemaker:CreatePresignedDomainUrl"
          Resource = aws_sagemaker_user_profile.profile[key].arn
        },
      ]
    })
  }
}

output "space_arns" {
  description = "ARN of each space made here, by the profile's name."
  value       = { for k, v in aws_sagemaker_space.space : k => v.arn }
}

output "scratch_bucket_name" {
  description = "Name of the bucket for SageMaker's own files; each profile has the folder `<profile>/`."
  value       = aws_s3_bucket.scratch.bucket
}

output "scratch_bucket_arn" {
  description = "ARN of the bucket for SageMaker's own files."
  value       = aws_s3_bucket.scratch.arn
}
