output "vpc_id" {
  description = "Id of the VPC."
  value       = var.network.existing == null ? module.network[0].vpc_id : var.network.existing.vpc_id
}

output "vpc_arn" {
  description = "ARN of the VPC. Null where there is none."
  value       = var.network.existing == null ? module.network[0].vpc_arn : null
}

output "vpc_cidr" {
  description = "IPv4 CIDR of the VPC. Null where there is none."
  value       = var.network.existing == null ? module.network[0].vpc_cidr : null
}

output "subnet_ids" {
  description = "Ids of the private subnets."
  value       = var.network.existing == null ? module.network[0].subnet_ids : var.network.existing.subnet_ids
}

output "security_group_ids" {
  description = "Ids of the security groups of Studio and its jobs. They must allow traffic among one another, and TLS out to AWS."

  value = (
    var.network.existing == null
    ? module.network[0].security_group_ids
    : var.network.existing.security_group_ids
  )
}

output "private_subnet_ids" {
  description = "Id of each private subnet, by its zone. Null where there is none."
  value       = var.network.existing == null ? module.network[0].private_subnet_ids : null
}

output "public_subnet_ids" {
  description = "Id of each public subnet, by its zone. Null where there is none."
  value       = var.network.existing == null ? module.network[0].public_subnet_ids : null
}

output "private_route_table_ids" {
  description = "Id of each private subnet's route table, by its zone. Null where there is none."
  value       = var.network.existing == null ? module.network[0].private_route_table_ids : null
}

output "public_route_table_id" {
  description = "Id of the public subnets' route table. Null where there is none."
  value       = var.network.existing == null ? module.network[0].public_route_table_id : null
}

output "internet_gateway_id" {
  description = "Id of the internet gateway. Null where there is none."
  value       = var.network.existing == null ? module.network[0].internet_gateway_id : null
}

output "nat_gateway_ids" {
  description = "Id of each NAT gateway, by its zone. Null where there is none."
  value       = var.network.existing == null ? module.network[0].nat_gateway_ids : null
}

output "nat_addresses" {
  description = "Public IP address of each NAT gateway, by its zone: the source address of requests to the internet. Null where there is none."
  value       = var.network.existing == null ? module.network[0].nat_addresses : null
}

output "s3_endpoint_id" {
  description = "Id of the S3 gateway endpoint. Null where there is none."
  value       = var.network.existing == null ? module.network[0].s3_endpoint_id : null
}

output "studio_endpoint_ids" {
  description = "Id of each endpoint of `studio_endpoints`, by its service, e.g. `sagemaker_api`. Null where there is none."
  value       = var.network.existing == null ? module.network[0].studio_endpoint_ids : null
}

output "interface_endpoint_ids" {
  description = "Id of each endpoint of `interface_endpoints`, by its key. Null where there is none."
  value       = var.network.existing == null ? module.network[0].interface_endpoint_ids : null
}

output "flow_log_group_arn" {
  description = "ARN of the log group of the flow logs. Null where there is none."
  value       = var.network.existing == null ? module.network[0].flow_log_group_arn : null
}

output "bucket_arn" {
  description = "ARN of the bucket. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].bucket_arn : null
}

output "bucket_name" {
  description = "Name of the bucket. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].bucket_name : var.existing_bucket.bucket_name
}

output "protected_bucket_name" {
  description = "Name of the bucket, known only after its policy, encryption and versioning are in place. Give it to another module as `after`, and that module is created after them and destroyed before them. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].protected_bucket_name : null
}

output "load_result" {
  description = "Result of the dataset loader's last run, as JSON: digest, bytes and objects. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].load_result : null
}

output "loader_function_name" {
  description = "Name of the dataset loader's function. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].loader_function_name : null
}

output "loader_function_arn" {
  description = "ARN of the dataset loader's function. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].loader_function_arn : null
}

output "loader_role_arn" {
  description = "ARN of the role that the dataset loader runs as. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].loader_role_arn : null
}

output "loader_role_name" {
  description = "Name of the dataset loader's role. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].loader_role_name : null
}

output "domain_id" {
  description = "Id of the SageMaker domain."
  value       = module.studio.domain_id
}

output "domain_arn" {
  description = "ARN of the domain."
  value       = module.studio.domain_arn
}

output "update_subnets_command" {
  description = "The AWS CLI command that sets the domain's subnets to those of `network`. Run it after you change them: SageMaker can change subnets in place, but the Terraform provider could only replace the domain, so an apply leaves them alone."
  value       = module.studio.update_subnets_command
}

output "url" {
  description = "URL of the Studio domain."
  value       = module.studio.url
}

output "home_file_system_id" {
  description = "Id of the file system of the home directories."
  value       = module.studio.home_file_system_id
}

output "domain_role_arn" {
  description = "ARN of the domain's default execution role, which has no permissions."
  value       = module.studio.domain_role_arn
}

output "role_arns" {
  description = "ARN of each profile's role, existing or created here, by the profile's name. These are the grantees for S3 Access Grants."
  value       = module.studio.role_arns
}

output "role_names" {
  description = "Name of each role created here, by the profile's name."
  value       = module.studio.role_names
}

output "profile_arns" {
  description = "ARN of each user profile, by its name."
  value       = module.studio.profile_arns
}

output "sign_in_policies" {
  description = "IAM policies, as JSON, by the profile's name. Attach each to the role or user with which that person comes to AWS: it allows a presigned URL for this profile and for no other. Whoever may create one for every profile can sign in as everybody."
  value       = module.studio.sign_in_policies
}

output "space_arns" {
  description = "ARN of each space created here, by the profile's name."
  value       = module.studio.space_arns
}

output "scratch_bucket_name" {
  description = "Name of the scratch bucket, for SageMaker's own files; each profile has the folder `<profile>/` in it."
  value       = module.studio.scratch_bucket_name
}

output "scratch_bucket_arn" {
  description = "ARN of the scratch bucket, for SageMaker's own files."
  value       = module.studio.scratch_bucket_arn
}

output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = module.access.instance_arn
}

output "instance_id" {
  description = "Id of the instance created here. Null where there is none."
  value       = module.access.instance_id
}

output "location_ids" {
  description = "Id of each location, created here or existing, by the location's key."
  value       = module.access.location_ids
}

output "location_arns" {
  description = "ARN of each location, by the location's key."
  value       = module.access.location_arns
}

output "location_role_arns" {
  description = "ARN of each location's role, existing or created here, by the location's key. Policies of the buckets and keys must let these roles in."
  value       = module.access.location_role_arns
}

output "location_role_names" {
  description = "Name of each role created here, by the location's key."
  value       = module.access.location_role_names
}

output "owner_statements" {
  description = "Policy statements for the owners of each location's bucket and keys, by the location's key: JSON of an object with `bucket` and `key`. Nothing is changed there by this configuration. In this account IAM policies are enough, so add the statements only where the bucket's or key's policy restricts access. A Deny statement there must make an exception for the location's role."
  value       = module.access.owner_statements
}

output "grant_arns" {
  description = "ARN of each grant, by the persona's key and the grant's key."
  value       = module.access.grant_arns
}

output "grant_ids" {
  description = "Id of each grant, by the persona's key and the grant's key."
  value       = module.access.grant_ids
}

output "grant_scopes" {
  description = "Full scope of each grant, e.g. `s3://my-bucket/Product/*`, by the persona's key and the grant's key."
  value       = module.access.grant_scopes
}

output "aws_profiles" {
  description = "Text of an AWS profile for `~/.aws/config`, for each grant, by the persona's key and the grant's key: with it any AWS tool uses the grant's credentials (`aws --profile <key> …`). The file examples/studio/grant_credentials.py must be in the home directory of the Studio space."
  value       = module.access.aws_profiles
}
