locals {
  region = data.aws_region.current.id
}

data "aws_region" "current" {}

data "aws_identitystore_group" "group" {
  count = var.grantee.group != null ? 1 : 0

  identity_store_id = var.grantee.group.identity_store_id

  alternate_identifier {
    unique_attribute {
      attribute_path  = "DisplayName"
      attribute_value = var.grantee.group.display_name
    }
  }
}

resource "terraform_data" "group_id" {
  count = var.grantee.group != null ? 1 : 0

  input = data.aws_identitystore_group.group[count.index].group_id

  triggers_replace = {
    displayName     = var.grantee.group.display_name
    identityStoreId = var.grantee.group.identity_store_id
  }

  lifecycle {
    ignore_changes = [input]
  }
}

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
    grantee_identifier = var.grantee.group == null ? var.grantee.id : one(terraform_data.group_id[*].input)
    grantee_type       = var.grantee.type
  }

  lifecycle {
    ignore_changes = [account_id]
  }
}
