resource "aws_s3control_access_grants_instance" "access_instance" {
  count = var.existing_instance == null ? 1 : 0

  account_id = local.account_id
  tags       = var.tags

  lifecycle {
    ignore_changes = [tags]
  }
}

data "aws_iam_policy_document" "access_location_trust" {
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
      values   = [local.instance_arn]
    }
  }
}

resource "aws_iam_role" "access_location_role_data" {
  name                 = "${var.name}-data-location"
  description          = "S3 Access Grants: makes credentials for the location data of ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.access_location_trust.json
  max_session_duration = var.max_session_duration
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "access_location_policy_data_document" {
  statement {
    sid = "Objects"

    actions = [
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

    resources = [
      "arn:${local.partition}:s3:::${local.location_scope == "s3://" ? "*" : "${trimsuffix(trimprefix(local.location_scope, "s3://"), "/")}/*"}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.instance_arn]
    }
  }

  statement {
    sid     = "List"
    actions = ["s3:ListBucket"]

    resources = [
      "arn:${local.partition}:s3:::${local.location_scope == "s3://" ? "*" : split("/", local.location_scope)[2]}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [local.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.instance_arn]
    }

    condition {
      test     = can(regex("^s3://[^/]+/.", local.location_scope)) ? "StringLike" : "StringLikeIfExists"
      variable = "s3:prefix"
      values   = ["${try(regex("^s3://[^/]+/(.*)$", local.location_scope)[0], "")}*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.location_keys) == 0 ? [] : [1]

    content {
      sid       = "Keys"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [for k, v in local.location_keys : v.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role_policy" "access_location_policy_data" {
  name   = "location"
  policy = data.aws_iam_policy_document.access_location_policy_data_document.json
  role   = aws_iam_role.access_location_role_data.name
}

resource "aws_s3control_access_grants_location" "access_location_data" {
  account_id     = local.account_id
  iam_role_arn   = aws_iam_role.access_location_role_data.arn
  location_scope = "s3://${aws_s3_bucket.data_bucket.bucket}"
  tags           = var.tags

  lifecycle {
    precondition {
      condition = alltrue([
        for grant in flatten([for persona in local.personas : [for grant in persona.grants : grant if grant.location == "data"]]) :
        contains(["READWRITE", grant.permission], "READWRITE")
      ])
      error_message = "A grant's permission must not be above its location's: lower it, or raise the location's."
    }

    precondition {
      condition = (
        local.location_scope != "s3://"
        || alltrue([
          for grant in flatten([for persona in local.personas : [for grant in persona.grants : grant if grant.location == "data"]]) :
          can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/", grant.sub_prefix))
        ])
      )
      error_message = "In the location s3:// a grant's sub-prefix must begin with a bucket, e.g. my-bucket/Product/*."
    }
  }

  depends_on = [
    aws_s3control_access_grants_instance.access_instance,
    aws_iam_role_policy.access_location_policy_data,
  ]
}

module "access_persona" {
  source   = "../persona-grants"
  for_each = local.personas

  account_id = local.account_id
  grantee    = each.value.grantee
  grants     = each.value.grants

  location_ids = {
    data = aws_s3control_access_grants_location.access_location_data.access_grants_location_id
  }

  tags = var.tags
}
