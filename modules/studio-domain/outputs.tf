output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = aws_sagemaker_domain.domain.id
}

output "domain_arn" {
  description = "ARN of the domain."
  value       = aws_sagemaker_domain.domain.arn
}

output "update_subnets_command" {
  description = "The AWS CLI command that sets the domain's subnets to those of `network`. Run it after you change them: SageMaker can change subnets in place, but the Terraform provider could only replace the domain, so an apply leaves them alone."
  value       = "aws sagemaker update-domain --domain-id ${aws_sagemaker_domain.domain.id} --app-network-access-type VpcOnly --vpc-id ${var.network.vpc_id} --subnet-ids ${join(" ", var.network.subnet_ids)}"
}

output "url" {
  description = "URL of the Studio domain."
  value       = aws_sagemaker_domain.domain.url
}

output "home_file_system_id" {
  description = "Id of the file system of the home directories."
  value       = aws_sagemaker_domain.domain.home_efs_file_system_id
}

output "domain_role_arn" {
  description = "ARN of the domain's default execution role, which has no permissions."
  value       = aws_iam_role.domain_role.arn
}

output "role_arns" {
  description = "ARN of each profile's role, existing or created here, by the profile's name. These are the grantees for S3 Access Grants."

  value = {
    for key, entry in var.profiles :
    key => entry.role == null ? aws_iam_role.role[key].arn : entry.role.arn
  }
}

output "role_names" {
  description = "Name of each role created here, by the profile's name."
  value       = { for k, v in aws_iam_role.role : k => v.name }
}

output "profile_arns" {
  description = "ARN of each user profile, by its name."
  value       = { for k, v in aws_sagemaker_user_profile.profile : k => v.arn }
}

output "sign_in_policies" {
  description = "IAM policies, as JSON, by the profile's name. Attach each to the role or user with which that person comes to AWS: it allows a presigned URL for this profile and for no other. Whoever may create one for every profile can sign in as everybody."

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
  description = "ARN of each space created here, by the profile's name."
  value       = { for k, v in aws_sagemaker_space.space : k => v.arn }
}

output "scratch_bucket_name" {
  description = "Name of the scratch bucket, for SageMaker's own files; each profile has the folder `<profile>/` in it."
  value       = aws_s3_bucket.scratch.bucket
}

output "scratch_bucket_arn" {
  description = "ARN of the scratch bucket, for SageMaker's own files."
  value       = aws_s3_bucket.scratch.arn
}
