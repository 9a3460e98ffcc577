locals {
  network_existing_subnet_ids = (
    var.network.existing == null
    ? one(module.network[*].subnet_ids)
    : var.network.existing.subnet_ids
  )

  network_existing_vpc_id = (
    var.network.existing == null
    ? one(module.network[*].vpc_id)
    : var.network.existing.vpc_id
  )

  network_existing_security_group_ids = (
    var.network.existing == null
    ? one(module.network[*].security_group_ids)
    : var.network.existing.security_group_ids
  )

  existing_instance_arn = (
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
