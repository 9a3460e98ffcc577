locals {
  location_scope        = "s3://${aws_s3_bucket.data_bucket.bucket}"
  location_keys         = { for k in ["data"] : k => var.data_key if var.data_key != null }
  partition             = data.aws_partition.current.partition
  region                = data.aws_region.current.id
  account_id            = data.aws_caller_identity.current.account_id
  network_vpc_id        = var.network.existing == null ? one(module.network[*].vpc_id) : var.network.existing.vpc_id
  profiles_without_role = { for k, v in local.profiles : k => v if v.role == null }

  profiles = {
    for key, entry in var.personas : key => {
      role           = entry.role
      single_sign_on = entry.single_sign_on
      space          = entry.space
    }
  }

  role_arns = {
    for key, entry in local.profiles :
    key => entry.role == null ? aws_iam_role.studio_role[key].arn : entry.role.arn
  }

  personas = {
    for key, entry in var.personas : key => {
      grantee = {
        type = "IAM"
        id   = local.role_arns[key]
      }
      grants = {
        for key, entry in entry.grants : key => {
          location         = "data"
          sub_prefix       = entry.sub_prefix
          permission       = entry.permission
          prefix_type      = entry.prefix_type
          matches_siblings = entry.matches_siblings
        }
      }
    }
  }

  network_subnet_ids = (
    var.network.existing == null
    ? one(module.network[*].subnet_ids)
    : var.network.existing.subnet_ids
  )

  network_security_group_ids = (
    var.network.existing == null
    ? one(module.network[*].security_group_ids)
    : var.network.existing.security_group_ids
  )

  instance_arn = (
    var.existing_instance == null
    ? one(aws_s3control_access_grants_instance.access_instance[*].access_grants_instance_arn)
    : var.existing_instance.arn
  )
}

module "network" {
  source = "../studio-network"
  count  = var.network.existing == null ? 1 : 0

  name                 = var.name
  role_path            = var.role_path
  permissions_boundary = var.permissions_boundary
  vpc_cidr             = var.network.create.vpc_cidr
  private_subnets      = var.network.create.private_subnets
  public_subnets       = var.network.create.public_subnets
  nat_gateways         = var.network.create.nat_gateways
  interface_endpoints  = var.network.create.interface_endpoints
  public_buckets       = var.network.create.public_buckets
  flow_logs            = var.network.create.flow_logs
  tags                 = var.tags
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}
