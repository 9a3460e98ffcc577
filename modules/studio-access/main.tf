locals {
  data_scope = "s3://${var.existing_bucket == null ? module.data[0].bucket_name : var.existing_bucket.bucket_name}"
}

data "aws_caller_identity" "current" {}

resource "terraform_data" "account" {
  input = data.aws_caller_identity.current.account_id

  lifecycle {
    ignore_changes = [input]
  }
}

module "network" {
  source = "../studio-network"
  count  = var.network.existing == null ? 1 : 0

  name                 = var.name
  permissions_boundary = var.permissions_boundary
  role_path            = var.role_path
  vpc_cidr             = var.network.create.vpc_cidr
  private_subnets      = var.network.create.private_subnets
  public_subnets       = var.network.create.public_subnets
  nat_gateways         = var.network.create.nat_gateways
  studio_endpoints     = var.network.create.studio_endpoints
  interface_endpoints  = var.network.create.interface_endpoints
  public_buckets       = var.network.create.public_buckets
  trusted_accounts     = var.network.create.trusted_accounts
  flow_logs            = var.network.create.flow_logs
  tags                 = var.tags
}

module "data" {
  source = "../data-bucket"
  count  = var.existing_bucket == null ? 1 : 0

  name                       = var.name
  permissions_boundary       = var.permissions_boundary
  role_path                  = var.role_path
  bucket_name                = coalesce(var.bucket_name, "${var.name}-data-${terraform_data.account.input}")
  kms_key                    = var.data_key
  expire_noncurrent_versions = var.expire_noncurrent_versions
  delete_objects_with_bucket = var.delete_objects_with_bucket
  access_logs                = var.access_logs
  policy_documents           = var.policy_documents
  dataset                    = var.dataset

  objects_only_for = (
    var.objects_only_for == null
    ? null
    : {
      roles = merge(var.objects_only_for.roles, {
        location = module.access.location_role_arns["data"]
      })
    }
  )

  tags = var.tags
}

module "studio" {
  source = "../studio-domain"

  name                           = var.name
  domain_name                    = var.domain_name
  permissions_boundary           = var.permissions_boundary
  role_path                      = var.role_path
  auth_mode                      = var.auth_mode
  studio_key                     = var.studio_key
  home_file_system               = var.home_file_system
  image_registries               = var.image_registries
  shared_access_grants_instances = var.shared_access_grants_instances
  role_prefix                    = var.role_prefix
  max_session_duration           = var.max_session_duration
  scratch_days                   = var.scratch_days
  scratch_key                    = var.scratch_key
  access_logs                    = var.access_logs
  delete_objects_with_bucket     = var.delete_objects_with_bucket
  access_grants_instance         = var.existing_instance
  after                          = { data = var.existing_bucket == null ? module.data[0].protected_bucket_name : null }

  network = {
    vpc_id     = var.network.existing == null ? module.network[0].vpc_id : var.network.existing.vpc_id
    subnet_ids = var.network.existing == null ? module.network[0].subnet_ids : var.network.existing.subnet_ids
    security_group_ids = (
      var.network.existing == null
      ? module.network[0].security_group_ids
      : var.network.existing.security_group_ids
    )
  }

  profiles = {
    for key, entry in var.personas : key => {
      role                = entry.role
      single_sign_on      = entry.single_sign_on
      space               = entry.space
      auto_mount_home_efs = entry.auto_mount_home_efs
    }
  }

  tags = var.tags
}

module "access" {
  source = "../access-grants"

  name                 = var.name
  permissions_boundary = var.permissions_boundary
  role_path            = var.role_path
  existing_instance    = var.existing_instance
  identity_center      = var.identity_center
  after                = merge({ domain = module.studio.domain_arn }, module.studio.profile_arns, module.studio.space_arns)

  locations = {
    for k, v in { data = { scope = local.data_scope, kms_keys = { for k, v in { data = var.data_key } : k => v if v != null }, max_session_duration = var.max_session_duration } } :
    k => v
    if var.existing_location == null
  }

  existing_locations = {
    for k, v in { data = { scope = local.data_scope, id = var.existing_location == null ? "" : var.existing_location.id } } :
    k => v
    if var.existing_location != null
  }

  personas = merge(
    {
      for key, entry in var.personas : key => {
        grantee = {
          type = "IAM"
          id   = module.studio.role_arns[key]
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
    },
    {
      for key, entry in { for key, entry in var.other_grantees : "other_${key}" => entry } :
      key => {
        grantee = entry.grantee
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
  )

  tags = var.tags
}
