output "vpc_id" {
  description = "Id of the VPC."
  value       = var.network.existing == null ? module.network[0].vpc_id : var.network.existing.vpc_id
}

output "vpc_arn" {
  description = "ARN of the VPC. Null where there is none."
  value       = var.network.existing == null ? module.network[0].vpc_arn : null
}

output "vpc_cidr" {
  description = "Addresses of the VPC, an IPv4 CIDR. Null where there is none."
  value       = var.network.existing == null ? module.network[0].vpc_cidr : null
}

output "subnet_ids" {
  description = "Ids of the private subnets."
  value       = var.network.existing == null ? module.network[0].subnet_ids : var.network.existing.subnet_ids
}

output "security_group_ids" {
  description = "Ids of the security groups of Studio and its jobs: they must let one another in, and out to AWS with TLS."

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
  description = "Public address of each NAT gateway, by its zone: where requests come from. Null where there is none."
  value       = var.network.existing == null ? module.network[0].nat_addresses : null
}

output "s3_endpoint_id" {
  description = "Id of the S3 gateway endpoint. Null where there is none."
  value       = var.network.existing == null ? module.network[0].s3_endpoint_id : null
}

output "studio_endpoint_ids" {
  description = "Id of each endpoint of `studio_endpoints`, by the name of its service, e.g. `sagemaker_api`. Null where there is none."
  value       = var.network.existing == null ? module.network[0].studio_endpoint_ids : null
}

output "interface_endpoint_ids" {
  description = "Id of each interface endpoint, by its key. Null where there is none."
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
  description = "Name of the bucket, once its policy, encryption and versioning are there: what is to be destroyed before any of these gets it as `after`. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].protected_bucket_name : null
}

output "load_result" {
  description = "What the dataset loader said of its last run, as JSON: digest, bytes and objects. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].load_result : null
}

output "loader_function_name" {
  description = "Name of the dataset loader, a function. Null where there is none."
  value       = var.existing_bucket == null ? module.data[0].loader_function_name : null
}

output "loader_function_arn" {
  description = "ARN of the dataset loader. Null where there is none."
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
  description = "The AWS CLI command that gives the domain the subnets of `network`. Run it after a change of them: SageMaker changes subnets in place, Terraform's provider cannot, and leaves the domain as it is."
  value       = module.studio.update_subnets_command
}

output "url" {
  description = "Where to open Studio."
  value       = module.studio.url
}

output "home_file_system_id" {
  description = "Id of the file system of the home directories."
  value       = module.studio.home_file_system_id
}

output "domain_role_arn" {
  description = "ARN of the domain's own role, which may do nothing."
  value       = module.studio.domain_role_arn
}

output "role_arns" {
  description = "ARN of each profile's role, given or made here, by the profile's name: the grantees."
  value       = module.studio.role_arns
}

output "role_names" {
  description = "Name of each role made for a profile, by the profile's name."
  value       = module.studio.role_names
}

output "profile_arns" {
  description = "ARN of each user profile, by its name."
  value       = module.studio.profile_arns
}

output "sign_in_policies" {
  description = "Who may sign in as whom: the IAM policy, as JSON, for the role or user that a person comes to AWS with, by the profile's name. It allows a presigned URL of that profile and no other: whoever may make one of every profile is everyone."
  value       = module.studio.sign_in_policies
}

output "space_arns" {
  description = "ARN of each space made here, by the profile's name."
  value       = module.studio.space_arns
}

output "scratch_bucket_name" {
  description = "Name of the bucket for SageMaker's own files; each profile has the folder `<profile>/`."
  value       = module.studio.scratch_bucket_name
}

output "scratch_bucket_arn" {
  description = "ARN of the bucket for SageMaker's own files."
  value       = module.studio.scratch_bucket_arn
}

output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = module.access.instance_arn
}

output "instance_id" {
  description = "Id of the instance made here. Null where there is none."
  value       = module.access.instance_id
}

output "location_ids" {
  description = "Id of each location, made here or existing, by its key."
  value       = module.access.location_ids
}

output "location_arns" {
  description = "ARN of each location, by its key."
  value       = module.access.location_arns
}

output "location_role_arns" {
  description = "ARN of each location's role, given or made here, by the location's key: what policies of buckets and keys have to let in."
  value       = module.access.location_role_arns
}

output "location_role_names" {
  description = "Name of each role made for a location, by the location's key."
  value       = module.access.location_role_names
}

output "owner_statements" {
  description = "What the owners of each location's bucket and keys have to let in, by the location's key: JSON of `bucket` and `key`, statements for their policies. Nothing is written there. In this account IAM decides, so they are needed only where those policies say otherwise; a Deny there has to leave the location's role out."
  value       = module.access.owner_statements
}

output "grant_arns" {
  description = "ARN of each grant, by its persona and its key."
  value       = module.access.grant_arns
}

output "grant_ids" {
  description = "Id of each grant, by its persona and its key."
  value       = module.access.grant_ids
}

output "grant_scopes" {
  description = "What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its persona and its key."
  value       = module.access.grant_scopes
}

output "aws_profiles" {
  description = "A profile for `~/.aws/config` for each grant, by its persona and its key: any AWS tool then works with the credentials of the grant (`aws --profile <key> …`). It takes examples/studio/grant_credentials.py to be in the home directory of a Studio space."
  value       = module.access.aws_profiles
}
