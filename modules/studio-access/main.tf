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

resource "aws_s3_bucket" "data_bucket" {
  bucket        = coalesce(var.bucket_name, "${var.name}-data-${data.aws_caller_identity.current.account_id}")
  force_destroy = var.delete_objects_with_bucket
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "data_bucket_public_access" {
  bucket                  = aws_s3_bucket.data_bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "data_bucket_ownership" {
  bucket = aws_s3_bucket.data_bucket.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "data_bucket_versioning" {
  bucket = aws_s3_bucket.data_bucket.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data_bucket_encryption" {
  bucket = aws_s3_bucket.data_bucket.id

  dynamic "rule" {
    for_each = var.data_key == null ? [] : [1]

    content {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = var.data_key.arn
      }
    }
  }

  dynamic "rule" {
    for_each = var.data_key == null ? [1] : []

    content {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

data "aws_iam_policy_document" "data_bucket_policy_document" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.data_bucket.arn, "${aws_s3_bucket.data_bucket.arn}/*"]

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

resource "aws_s3_bucket_policy" "data_bucket_policy" {
  bucket = aws_s3_bucket.data_bucket.id
  policy = data.aws_iam_policy_document.data_bucket_policy_document.json

  depends_on = [aws_s3_bucket_public_access_block.data_bucket_public_access]
}

resource "aws_s3_bucket_lifecycle_configuration" "data_bucket_lifecycle" {
  bucket = aws_s3_bucket.data_bucket.id

  rule {
    id     = "abort-incomplete-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  dynamic "rule" {
    for_each = var.expire_noncurrent_versions == null ? [] : [1]

    content {
      id     = "expire-noncurrent-versions"
      status = "Enabled"

      filter {}

      noncurrent_version_expiration {
        noncurrent_days = var.expire_noncurrent_versions.days
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.data_bucket_versioning]
}

resource "aws_cloudwatch_log_group" "data_loader_logs" {
  count = var.dataset != null ? 1 : 0

  name              = "/aws/lambda/${var.name}-dataset-loader"
  kms_key_id        = var.dataset.logs.kms_key == null ? null : var.dataset.logs.kms_key.arn
  retention_in_days = var.dataset.logs.retention_days
  tags              = var.tags
}

data "aws_iam_policy_document" "data_loader_trust" {
  count = var.dataset != null ? 1 : 0

  statement {
    sid     = "Lambda"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "data_loader_role" {
  count = var.dataset != null ? 1 : 0

  name                 = "${var.name}-dataset-loader"
  description          = "Loads a data set into the bucket of ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.data_loader_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "data_loader_policy_document" {
  count = var.dataset != null ? 1 : 0

  statement {
    sid       = "TellWhatIsThere"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.data_bucket.arn]
  }

  statement {
    sid     = "Write"
    actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]

    resources = [
      for item in var.dataset.prefixes :
      "${aws_s3_bucket.data_bucket.arn}/${item}${var.dataset.source.file}"
    ]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.data_loader_logs[count.index].arn}:*"]
  }

  dynamic "statement" {
    for_each = var.dataset.source.s3 == null ? [] : [1]

    content {
      sid     = "ReadSource"
      actions = ["s3:GetObject"]

      resources = [
        "arn:${data.aws_partition.current.partition}:s3:::${var.dataset.source.s3.bucket}/${var.dataset.source.s3.key}",
      ]
    }
  }

  dynamic "statement" {
    for_each = var.dataset.source.kms_key == null ? [] : [1]

    content {
      sid       = "DecryptSource"
      actions   = ["kms:Decrypt"]
      resources = [var.dataset.source.kms_key.arn]
    }
  }

  dynamic "statement" {
    for_each = var.data_key == null ? [] : [1]

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.data_key.arn]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["s3.${data.aws_region.current.id}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.dataset.vpc == null ? [] : [1]

    content {
      sid = "NetworkInterfaces"

      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]

      resources = ["*"]
    }
  }
}

resource "aws_iam_role_policy" "data_loader_policy" {
  count = var.dataset != null ? 1 : 0

  name   = "load"
  policy = data.aws_iam_policy_document.data_loader_policy_document[count.index].json
  role   = aws_iam_role.data_loader_role[count.index].name
}

resource "aws_lambda_function" "data_loader" {
  count = var.dataset != null ? 1 : 0

  function_name    = "${var.name}-dataset-loader"
  description      = "Loads a data set into the bucket of ${var.name}"
  architectures    = ["arm64"]
  filename         = "${path.module}/../data-bucket/dataset-loader.zip"
  handler          = "index.handler"
  memory_size      = 1769
  role             = aws_iam_role.data_loader_role[count.index].arn
  runtime          = "nodejs22.x"
  source_code_hash = filebase64sha256("${path.module}/../data-bucket/dataset-loader.zip")
  timeout          = 900
  tags             = var.tags

  environment {
    variables = {
      POWERTOOLS_SERVICE_NAME = var.name
      POWERTOOLS_LOG_LEVEL    = "INFO"
    }
  }

  dynamic "vpc_config" {
    for_each = var.dataset.vpc == null ? [] : [1]

    content {
      subnet_ids         = var.dataset.vpc.subnet_ids
      security_group_ids = var.dataset.vpc.security_group_ids
    }
  }

  depends_on = [aws_cloudwatch_log_group.data_loader_logs, aws_iam_role_policy.data_loader_policy]
}

resource "aws_lambda_invocation" "data_load" {
  count = var.dataset != null ? 1 : 0

  function_name   = aws_lambda_function.data_loader[count.index].function_name
  lifecycle_scope = "CRUD"
  triggers        = { bundle = filebase64sha256("${path.module}/../data-bucket/dataset-loader.zip") }

  input = jsonencode({
    source = {
      s3  = var.dataset.source.s3
      url = var.dataset.source.url
    }
    sha256    = var.dataset.sha256
    bucket    = aws_s3_bucket.data_bucket.bucket
    prefixes  = var.dataset.prefixes
    key       = var.dataset.source.file
    kmsKeyArn = var.data_key == null ? null : var.data_key.arn
  })

  depends_on = [
    aws_iam_role_policy.data_loader_policy,
    aws_s3_bucket_versioning.data_bucket_versioning,
    aws_s3_bucket_server_side_encryption_configuration.data_bucket_encryption,
    aws_s3_bucket_ownership_controls.data_bucket_ownership,
    aws_s3_bucket_public_access_block.data_bucket_public_access,
    aws_s3_bucket_policy.data_bucket_policy,
  ]
}

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
      values   = [data.aws_caller_identity.current.account_id]
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
  subnet_ids              = local.network_existing_subnet_ids
  vpc_id                  = local.network_existing_vpc_id
  tags                    = var.tags

  default_user_settings {
    execution_role  = aws_iam_role.studio_domain_role.arn
    security_groups = local.network_existing_security_group_ids
  }

  domain_settings {
    execution_role_identity_config = "USER_PROFILE_NAME"
  }

  retention_policy {
    home_efs_file_system = var.home_file_system
  }
}

resource "aws_s3_bucket" "studio_scratch" {
  bucket        = "${var.name}-scratch-${data.aws_caller_identity.current.account_id}"
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
  for_each = {
    for k, v in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } :
    k => v
    if v.role == null
  }

  name                 = "${coalesce(var.role_prefix, var.name)}-${lower(each.key)}-role"
  description          = "SageMaker Studio: ${each.key} asks S3 Access Grants for data"
  assume_role_policy   = data.aws_iam_policy_document.studio_trust.json
  max_session_duration = var.max_session_duration
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "studio_role_policy_document" {
  for_each = {
    for k, v in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } :
    k => v
    if v.role == null
  }

  statement {
    sid = "AskForData"

    actions = [
      "s3:GetAccessGrantsInstanceForPrefix",
      "s3:GetDataAccess",
      "s3:ListCallerAccessGrants",
    ]

    resources = [
      var.existing_instance == null
      ? "arn:${data.aws_partition.current.partition}:s3:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:access-grants/default"
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
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:processing-job/*",
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
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:/aws/sagemaker/*",
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
    sid     = "Images"
    actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]

    resources = [
      "arn:${data.aws_partition.current.partition}:ecr:${data.aws_region.current.id}:*:repository/*",
    ]
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
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:space/${aws_sagemaker_domain.studio_domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
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
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:app/${aws_sagemaker_domain.studio_domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
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
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:app/${aws_sagemaker_domain.studio_domain.id}/*",
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:space/${aws_sagemaker_domain.studio_domain.id}/*",
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:user-profile/${aws_sagemaker_domain.studio_domain.id}/${lower(each.key)}",
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:domain/${aws_sagemaker_domain.studio_domain.id}",
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
  for_each = {
    for k, v in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } :
    k => v
    if v.role == null
  }

  name   = "studio"
  policy = data.aws_iam_policy_document.studio_role_policy_document[each.key].json
  role   = aws_iam_role.studio_role[each.key].name
}

resource "aws_sagemaker_user_profile" "studio_profile" {
  for_each = {
    for key, entry in var.personas : key => {
      role           = entry.role
      single_sign_on = entry.single_sign_on
      space          = entry.space
    }
  }

  user_profile_name              = each.key
  domain_id                      = aws_sagemaker_domain.studio_domain.id
  single_sign_on_user_identifier = each.value.single_sign_on == null ? null : "UserName"
  single_sign_on_user_value      = each.value.single_sign_on == null ? null : each.value.single_sign_on.user_name
  tags                           = var.tags

  user_settings {
    execution_role  = each.value.role == null ? aws_iam_role.studio_role[each.key].arn : each.value.role.arn
    security_groups = local.network_existing_security_group_ids
  }

  depends_on = [aws_iam_role_policy.studio_role_policy]
}

resource "aws_sagemaker_space" "studio_space" {
  for_each = {
    for k, v in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } :
    k => v
    if v.space != null
  }

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

resource "aws_s3control_access_grants_instance" "access_instance" {
  count = var.existing_instance == null ? 1 : 0

  account_id = data.aws_caller_identity.current.account_id
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
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.existing_instance_arn]
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
      "arn:${data.aws_partition.current.partition}:s3:::${"s3://${aws_s3_bucket.data_bucket.bucket}" == "s3://" ? "*" : "${trimsuffix(trimprefix("s3://${aws_s3_bucket.data_bucket.bucket}", "s3://"), "/")}/*"}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.existing_instance_arn]
    }
  }

  statement {
    sid     = "List"
    actions = ["s3:ListBucket"]

    resources = [
      "arn:${data.aws_partition.current.partition}:s3:::${"s3://${aws_s3_bucket.data_bucket.bucket}" == "s3://" ? "*" : split("/", "s3://${aws_s3_bucket.data_bucket.bucket}")[2]}",
    ]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "s3:AccessGrantsInstanceArn"
      values   = [local.existing_instance_arn]
    }
  }

  dynamic "statement" {
    for_each = length({ for k in ["data"] : k => var.data_key if var.data_key != null }) == 0 ? [] : [1]

    content {
      sid     = "Keys"
      actions = ["kms:Decrypt", "kms:GenerateDataKey"]

      resources = [
        for k, v in { for k in ["data"] : k => var.data_key if var.data_key != null } : v.arn
      ]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${data.aws_region.current.id}.amazonaws.com"]
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
  account_id     = data.aws_caller_identity.current.account_id
  iam_role_arn   = aws_iam_role.access_location_role_data.arn
  location_scope = "s3://${aws_s3_bucket.data_bucket.bucket}"
  tags           = var.tags

  lifecycle {
    precondition {
      condition = alltrue([
        for grant in flatten([for persona in { for key, entry in var.personas : key => { grantee = { type = "IAM", id = { for key, entry in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } : key => entry.role == null ? aws_iam_role.studio_role[key].arn : entry.role.arn }[key] }, grants = { for key, entry in entry.grants : key => { location = "data", sub_prefix = entry.sub_prefix, permission = entry.permission, prefix_type = entry.prefix_type, matches_siblings = entry.matches_siblings } } } } : [for grant in persona.grants : grant if grant.location == "data"]]) :
        contains(["READWRITE", grant.permission], "READWRITE")
      ])
      error_message = "A grant's permission must not be above its location's: lower it, or raise the location's."
    }

    precondition {
      condition = "s3://${aws_s3_bucket.data_bucket.bucket}" != "s3://" || alltrue([
        for grant in flatten([for persona in { for key, entry in var.personas : key => { grantee = { type = "IAM", id = { for key, entry in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } : key => entry.role == null ? aws_iam_role.studio_role[key].arn : entry.role.arn }[key] }, grants = { for key, entry in entry.grants : key => { location = "data", sub_prefix = entry.sub_prefix, permission = entry.permission, prefix_type = entry.prefix_type, matches_siblings = entry.matches_siblings } } } } : [for grant in persona.grants : grant if grant.location == "data"]]) :
        can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/", grant.sub_prefix))
      ])
      error_message = "In the location s3:// a grant's sub-prefix must begin with a bucket, e.g. my-bucket/Product/*."
    }
  }

  depends_on = [
    aws_s3control_access_grants_instance.access_instance,
    aws_iam_role_policy.access_location_policy_data,
  ]
}

module "access_persona" {
  source = "../persona-grants"
  for_each = {
    for key, entry in var.personas : key => {
      grantee = {
        type = "IAM"
        id   = { for key, entry in { for key, entry in var.personas : key => { role = entry.role, single_sign_on = entry.single_sign_on, space = entry.space } } : key => entry.role == null ? aws_iam_role.studio_role[key].arn : entry.role.arn }[key]
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

  account_id = data.aws_caller_identity.current.account_id
  grantee    = each.value.grantee
  grants     = each.value.grants

  location_ids = {
    data = aws_s3control_access_grants_location.access_location_data.access_grants_location_id
  }

  tags = var.tags
}
