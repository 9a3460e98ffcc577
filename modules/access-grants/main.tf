locals {
  location_role_names    = { for k, v in aws_iam_role.location_role : k => v.name }
  location_role_arns     = { for k, v in aws_iam_role.location_role : k => v.arn }
  partition              = data.aws_partition.current.partition
  region                 = data.aws_region.current.id
  account_id             = data.aws_caller_identity.current.account_id
  locations_without_role = { for k, v in var.locations : k => v if v.role == null }

  known_instance_arn = (
    var.existing_instance == null
    ? "arn:${local.partition}:s3:${local.region}:${local.account_id}:access-grants/default"
    : var.existing_instance.arn
  )

  owner_roles = {
    for key, entry in var.locations :
    key => entry.role == null ? aws_iam_role.location_role[key].arn : entry.role.arn
  }

  owner_objects = {
    for key, entry in var.locations :
    key => "arn:${local.partition}:s3:::${entry.scope == "s3://" ? "*" : "${trimsuffix(trimprefix(entry.scope, "s3://"), "/")}/*"}"
  }

  owner_buckets = {
    for key, entry in var.locations :
    key => "arn:${local.partition}:s3:::${entry.scope == "s3://" ? "*" : split("/", entry.scope)[2]}"
  }

  location_policy_document_jsons = {
    for k, v in data.aws_iam_policy_document.location_policy_document : k => v.json
  }

  instance_arn = (
    var.existing_instance == null
    ? one(aws_s3control_access_grants_instance.instance[*].access_grants_instance_arn)
    : var.existing_instance.arn
  )
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# The instance.

resource "aws_s3control_access_grants_instance" "instance" {
  count = var.existing_instance == null ? 1 : 0

  account_id          = local.account_id
  identity_center_arn = var.identity_center == null ? null : var.identity_center.arn
  tags                = var.tags

  lifecycle {
    ignore_changes = [account_id, tags]
  }

  depends_on = [var.after]
}

data "aws_iam_policy_document" "resource_policy_document" {
  count = var.cross_account != null ? 1 : 0

  statement {
    sid       = "AskForCredentials"
    actions   = ["s3:GetDataAccess", "s3:GetAccessGrantsInstanceForPrefix"]
    resources = [local.instance_arn]

    principals {
      type        = "AWS"
      identifiers = var.cross_account.principal_arns
    }
  }
}

resource "aws_s3control_access_grants_instance_resource_policy" "resource_policy" {
  count = var.cross_account != null ? 1 : 0

  account_id = local.account_id
  policy     = data.aws_iam_policy_document.resource_policy_document[count.index].json

  lifecycle {
    ignore_changes = [account_id]
  }

  depends_on = [aws_s3control_access_grants_instance.instance]
}

# Trust policy of the locations' roles.

data "aws_iam_policy_document" "location_trust" {
  statement {
    sid     = "AccessGrants"
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["access-grants.s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.known_instance_arn]
    }
  }

  dynamic "statement" {
    for_each = var.identity_center == null ? [] : [1]

    content {
      sid     = "DirectoryIdentities"
      actions = ["sts:SetContext"]

      principals {
        type        = "Service"
        identifiers = ["access-grants.s3.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account_id]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [local.known_instance_arn]
      }

      condition {
        test     = "ForAllValues:ArnEquals"
        variable = "sts:RequestContextProviders"
        values   = ["arn:${local.partition}:iam::aws:contextProvider/IdentityCenter"]
      }
    }
  }
}

# Roles of the locations.

resource "aws_iam_role" "location_role" {
  for_each = local.locations_without_role

  name                 = "${var.name}-${each.key}-location"
  description          = "S3 Access Grants: makes credentials for the location ${each.key} of ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.location_trust.json
  max_session_duration = each.value.max_session_duration
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

# What a location's role may do.

data "aws_iam_policy_document" "location_policy_document" {
  for_each = local.locations_without_role

  statement {
    sid = "Objects"

    actions = {
      READ = [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectAcl",
        "s3:GetObjectVersionAcl",
        "s3:ListMultipartUploadParts",
      ]
      WRITE = [
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:AbortMultipartUpload",
      ]
      READWRITE = [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectAcl",
        "s3:GetObjectVersionAcl",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:AbortMultipartUpload",
      ]
    }[each.value.permission]

    resources = [
      "arn:${local.partition}:s3:::${each.value.scope == "s3://" ? "*" : "${trimsuffix(trimprefix(each.value.scope, "s3://"), "/")}/*"}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.known_instance_arn]
    }
  }

  statement {
    sid = "List"

    actions = {
      READ      = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
      WRITE     = ["s3:ListBucket"]
      READWRITE = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
    }[each.value.permission]

    resources = [
      "arn:${local.partition}:s3:::${each.value.scope == "s3://" ? "*" : split("/", each.value.scope)[2]}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.known_instance_arn]
    }

    condition {
      test     = can(regex("^s3://[^/]+/.", each.value.scope)) ? "StringLike" : "StringLikeIfExists"
      variable = "s3:prefix"
      values   = ["${try(regex("^s3://[^/]+/(.*)$", each.value.scope)[0], "")}*"]
    }
  }

  dynamic "statement" {
    for_each = length(each.value.kms_keys) == 0 ? [] : [1]

    content {
      sid = "Keys"

      actions = {
        READ      = ["kms:Decrypt"]
        WRITE     = ["kms:GenerateDataKey", "kms:Decrypt"]
        READWRITE = ["kms:Decrypt", "kms:GenerateDataKey"]
      }[each.value.permission]

      resources = [for k, v in each.value.kms_keys : v.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com.cn"]
      }
    }
  }
}

resource "aws_iam_role_policy" "location_policy" {
  for_each = local.locations_without_role

  name   = "location"
  policy = local.location_policy_document_jsons[each.key]
  role   = local.location_role_names[each.key]
}

# Locations.

resource "aws_s3control_access_grants_location" "location" {
  for_each = var.locations

  account_id     = local.account_id
  iam_role_arn   = each.value.role == null ? local.location_role_arns[each.key] : each.value.role.arn
  location_scope = each.value.scope
  tags           = var.tags

  lifecycle {
    ignore_changes = [account_id]
  }

  depends_on = [
    aws_s3control_access_grants_instance.instance,
    aws_iam_role_policy.location_policy,
    var.after,
  ]
}

# Grants by persona.

module "persona" {
  source   = "../persona-grants"
  for_each = var.personas

  account_id = local.account_id
  grantee    = each.value.grantee
  grants     = each.value.grants

  location_ids = merge(
    { for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_id },
    { for key, entry in var.existing_locations : key => entry.id }
  )

  tags = var.tags
}
