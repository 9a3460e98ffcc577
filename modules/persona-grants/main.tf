locals {
  region = data.aws_region.current.id
}

data "aws_region" "current" {}

resource "aws_s3control_access_grant" "grant" {
  for_each = var.grants

  access_grants_location_id = var.location_ids[each.value.location]
  account_id                = var.account_id
  permission                = each.value.permission
  s3_prefix_type            = each.value.prefix_type
  tags                      = var.tags

  access_grants_location_configuration {
    s3_sub_prefix = each.value.sub_prefix
  }

  grantee {
    grantee_identifier = var.grantee.id
    grantee_type       = var.grantee.type
  }

  lifecycle {
    ignore_changes = [account_id]
  }
}
