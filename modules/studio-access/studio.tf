data "aws_iam_policy_document" "studio_trust" {
  statement {
    sid     = "SageMaker"
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_iam_role" "studio_domain_role" {
  name                 = "${coalesce(var.role_prefix, var.name)}-domain-role"
  description          = "SageMaker domain ${var.domain_name}: whoever has no role of their own may do nothing"
  assume_role_policy   = data.aws_iam_policy_document.studio_trust.json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

resource "aws_sagemaker_domain" "studio_domain" {
  domain_name             = var.domain_name
  app_network_access_type = "VpcOnly"
  auth_mode               = var.auth_mode
  kms_key_id              = var.studio_key == null ? null : var.studio_key.arn
  subnet_ids              = local.network_subnet_ids
  vpc_id                  = local.network_vpc_id
  tags                    = var.tags

  default_user_settings {
    execution_role  = aws_iam_role.studio_domain_role.arn
    security_groups = local.network_security_group_ids
  }

  domain_settings {
    execution_role_identity_config = "USER_PROFILE_NAME"
  }

  retention_policy {
    home_efs_file_system = var.home_file_system
  }
}

resource "aws_s3_bucket" "studio_scratch" {
  bucket        = "${var.name}-scratch-${local.account_id}"
  force_destroy = var.delete_objects_with_bucket
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "studio_scratch_public_access" {
  bucket                  = aws_s3_bucket.studio_scratch.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "studio_scratch_ownership" {
  bucket = aws_s3_bucket.studio_scratch.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "studio_scratch_versioning" {
  bucket = aws_s3_bucket.studio_scratch.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "studio_scratch_encryption" {
  bucket = aws_s3_bucket.studio_scratch.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "studio_scratch_policy_document" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.studio_scratch.arn, "${aws_s3_bucket.studio_scratch.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "studio_scratch_policy" {
  bucket = aws_s3_bucket.studio_scratch.id
  policy = data.aws_iam_policy_document.studio_scratch_policy_document.json

  depends_on = [aws_s3_bucket_public_access_block.studio_scratch_public_access]
}

resource "aws_s3_bucket_lifecycle_configuration" "studio_scratch_lifecycle" {
  bucket = aws_s3_bucket.studio_scratch.id

  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  rule {
    id     = "expire-noncurrent-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.scratch_days
    }
  }

  rule {
    id     = "expire-objects"
    status = "Enabled"

    filter {}

    expiration {
      days = var.scratch_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.studio_scratch_versioning]
}

resource "aws_iam_role" "studio_role" {
  for_each = local.profiles_without_role

  name                 = "${coalesce(var.role_prefix, var.name)}-${lower(each.key)}-role"
  description          = "SageMaker Studio: ${each.key} asks S3 Access Grants for data"
  assume_role_policy   = data.aws_iam_policy_document.studio_trust.json
  max_session_duration = var.max_session_duration
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "studio_role_policy_document" {
  for_each = local.profiles_without_role

  statement {
    sid = "AskForData"

    actions = [
      "s3:GetAccessGrantsInstanceForPrefix",
      "s3:GetDataAccess",
      "s3:ListCallerAccessGrants",
    ]

    resources = [
      var.existing_instance == null
      ? "arn:${local.partition}:s3:${local.region}:${local.account_id}:access-grants/default"
      : var.existing_instance.arn,
    ]
  }

  statement {
    sid       = "ScratchObjects"
    actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.studio_scratch.arn}/${each.key}/*"]
  }

  statement {
    sid       = "ScratchList"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.studio_scratch.arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["${each.key}/*"]
    }
  }

  statement {
    sid       = "ScratchRegion"
    actions   = ["s3:GetBucketLocation"]
    resources = [aws_s3_bucket.studio_scratch.arn]
  }

  statement {
    sid = "ProcessingJobs"

    actions = [
      "sagemaker:AddTags",
      "sagemaker:CreateProcessingJob",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:StopProcessingJob",
    ]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/*",
    ]
  }

  statement {
    sid       = "JobsAsOneself"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.studio_role[each.key].arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["sagemaker.amazonaws.com"]
    }
  }

  statement {
    sid = "Logs"

    actions = [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
    ]

    resources = [
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/*",
    ]
  }

  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringLike"
      variable = "cloudwatch:namespace"
      values   = ["/aws/sagemaker/*"]
    }
  }

  statement {
    sid       = "Images"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = ["arn:${local.partition}:ecr:${local.region}:*:repository/*"]
  }

  statement {
    sid = "NetworkInterfacesAndLists"

    actions = [
      "ec2:CreateNetworkInterface",
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListProcessingJobs",
    ]

    resources = ["*"]
  }

  statement {
    sid     = "OwnSpaces"
    actions = ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:space/${aws_sagemaker_domain.studio_domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "sagemaker:SpaceSharingType"
      values   = ["Private"]
    }
  }

  statement {
    sid     = "OwnApps"
    actions = ["sagemaker:CreateApp", "sagemaker:DeleteApp"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:app/${aws_sagemaker_domain.studio_domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "sagemaker:SpaceSharingType"
      values   = ["Private"]
    }
  }

  statement {
    sid = "Look"

    actions = [
      "sagemaker:DescribeApp",
      "sagemaker:DescribeDomain",
      "sagemaker:DescribeSpace",
      "sagemaker:DescribeUserProfile",
    ]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:app/${aws_sagemaker_domain.studio_domain.id}/*",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:space/${aws_sagemaker_domain.studio_domain.id}/*",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:domain/${aws_sagemaker_domain.studio_domain.id}",
    ]
  }

  statement {
    sid = "List"

    actions = [
      "sagemaker:ListApps",
      "sagemaker:ListDomains",
      "sagemaker:ListSpaces",
      "sagemaker:ListTags",
      "sagemaker:ListUserProfiles",
    ]

    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.studio_key == null ? [] : [1]

    content {
      sid = "Volumes"

      actions = [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
      ]

      resources = [var.studio_key.arn]
    }
  }
}

resource "aws_iam_role_policy" "studio_role_policy" {
  for_each = local.profiles_without_role

  name   = "studio"
  policy = data.aws_iam_policy_document.studio_role_policy_document[each.key].json
  role   = aws_iam_role.studio_role[each.key].name
}

resource "aws_sagemaker_user_profile" "studio_profile" {
  for_each = local.profiles

  user_profile_name              = each.key
  domain_id                      = aws_sagemaker_domain.studio_domain.id
  single_sign_on_user_identifier = each.value.single_sign_on == null ? null : "UserName"
  single_sign_on_user_value      = each.value.single_sign_on == null ? null : each.value.single_sign_on.user_name
  tags                           = var.tags

  user_settings {
    execution_role  = each.value.role == null ? aws_iam_role.studio_role[each.key].arn : each.value.role.arn
    security_groups = local.network_security_group_ids
  }

  depends_on = [aws_iam_role_policy.studio_role_policy]
}

resource "aws_sagemaker_space" "studio_space" {
  for_each = { for k, v in local.profiles : k => v if v.space != null }

  domain_id  = aws_sagemaker_domain.studio_domain.id
  space_name = "${lower(each.key)}-jupyterlab"
  tags       = var.tags

  ownership_settings {
    owner_user_profile_name = aws_sagemaker_user_profile.studio_profile[each.key].user_profile_name
  }

  space_settings {
    app_type = "JupyterLab"

    jupyter_lab_app_settings {
      default_resource_spec {
        instance_type = each.value.space.instance_type
      }
    }

    space_storage_settings {
      ebs_storage_settings {
        ebs_volume_size_in_gb = each.value.space.volume_size_in_gb
      }
    }
  }

  space_sharing_settings {
    sharing_type = "Private"
  }
}
