locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id
  account_id = data.aws_caller_identity.current.account_id
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

# A bucket: TLS only, encrypted, versioned, never public.

resource "aws_s3_bucket" "bucket" {
  bucket        = var.bucket_name
  force_destroy = var.delete_objects_with_bucket
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "bucket_public_access" {
  bucket                  = aws_s3_bucket.bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "bucket_ownership" {
  bucket = aws_s3_bucket.bucket.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "bucket_versioning" {
  bucket = aws_s3_bucket.bucket.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bucket_encryption" {
  bucket = aws_s3_bucket.bucket.id

  dynamic "rule" {
    for_each = var.kms_key == null ? [] : [1]

    content {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = var.kms_key.arn
      }
    }
  }

  dynamic "rule" {
    for_each = var.kms_key == null ? [1] : []

    content {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

data "aws_iam_policy_document" "bucket_policy_document" {
  source_policy_documents = values(var.policy_documents)

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.bucket.arn, "${aws_s3_bucket.bucket.arn}/*"]

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

  dynamic "statement" {
    for_each = var.objects_only_for == null ? [] : [1]

    content {
      sid    = "ObjectsOnlyForNamedRoles"
      effect = "Deny"

      actions = [
        "s3:AbortMultipartUpload",
        "s3:BypassGovernanceRetention",
        "s3:DeleteObject*",
        "s3:GetObject*",
        "s3:ListMultipartUploadParts",
        "s3:PutObject*",
        "s3:ReplicateDelete",
        "s3:ReplicateObject",
        "s3:ReplicateTags",
        "s3:RestoreObject",
      ]

      resources = ["${aws_s3_bucket.bucket.arn}/*"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }

      condition {
        test     = "ArnNotEquals"
        variable = "aws:PrincipalArn"

        values = values(merge(var.objects_only_for.roles, {
          loader = "arn:${local.partition}:iam::${local.account_id}:role${var.role_path}${var.name}-dataset-loader"
        }))
      }

      condition {
        test     = "BoolIfExists"
        variable = "aws:PrincipalIsAWSService"
        values   = ["false"]
      }
    }
  }
}

resource "aws_s3_bucket_policy" "bucket_policy" {
  bucket = aws_s3_bucket.bucket.id
  policy = data.aws_iam_policy_document.bucket_policy_document.json

  depends_on = [aws_s3_bucket_public_access_block.bucket_public_access]
}

resource "aws_s3_bucket_lifecycle_configuration" "bucket_lifecycle" {
  bucket = aws_s3_bucket.bucket.id

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

  depends_on = [aws_s3_bucket_versioning.bucket_versioning]
}

# The dataset loader: its log and its role.

resource "aws_cloudwatch_log_group" "loader_logs" {
  count = var.dataset != null ? 1 : 0

  name              = "/aws/lambda/${var.name}-dataset-loader"
  kms_key_id        = var.dataset.logs.kms_key == null ? null : var.dataset.logs.kms_key.arn
  retention_in_days = var.dataset.logs.retention_days
  tags              = var.tags
}

data "aws_iam_policy_document" "loader_trust" {
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

resource "aws_iam_role" "loader_role" {
  count = var.dataset != null ? 1 : 0

  name                 = "${var.name}-dataset-loader"
  description          = "Loads a data set into the bucket of ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.loader_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "loader_policy_document" {
  count = var.dataset != null ? 1 : 0

  statement {
    sid       = "TellWhatIsThere"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.bucket.arn]
  }

  statement {
    sid     = "Write"
    actions = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]

    resources = [
      for item in var.dataset.prefixes :
      "${aws_s3_bucket.bucket.arn}/${item}${var.dataset.source.file}"
    ]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.loader_logs[count.index].arn}:*"]
  }

  dynamic "statement" {
    for_each = var.dataset.source.s3 == null ? [] : [1]

    content {
      sid     = "ReadSource"
      actions = ["s3:GetObject"]

      resources = [
        "arn:${local.partition}:s3:::${var.dataset.source.s3.bucket}/${var.dataset.source.s3.key}",
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
    for_each = var.kms_key == null ? [] : [1]

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key.arn]

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com"]
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

  dynamic "statement" {
    for_each = var.dataset.vpc == null ? [] : [1]

    content {
      sid    = "NoNetworkInterfacesForTheCode"
      effect = "Deny"

      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]

      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "lambda:SourceFunctionArn"

        values = [
          "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}-dataset-loader",
        ]
      }
    }
  }
}

resource "aws_iam_role_policy" "loader_policy" {
  count = var.dataset != null ? 1 : 0

  name   = "load"
  policy = data.aws_iam_policy_document.loader_policy_document[count.index].json
  role   = aws_iam_role.loader_role[count.index].name
}

# The function, and its run.

resource "aws_lambda_function" "loader" {
  count = var.dataset != null ? 1 : 0

  function_name    = "${var.name}-dataset-loader"
  description      = "Loads a data set into the bucket of ${var.name}"
  architectures    = ["arm64"]
  filename         = "${path.module}/dataset-loader.zip"
  handler          = "index.handler"
  memory_size      = 1769
  role             = aws_iam_role.loader_role[count.index].arn
  runtime          = "nodejs22.x"
  source_code_hash = filebase64sha256("${path.module}/dataset-loader.zip")
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

  depends_on = [aws_cloudwatch_log_group.loader_logs, aws_iam_role_policy.loader_policy]
}

resource "aws_lambda_invocation" "load" {
  count = var.dataset != null ? 1 : 0

  function_name   = aws_lambda_function.loader[count.index].function_name
  lifecycle_scope = "CREATE_ONLY"
  triggers        = { bundle = filebase64sha256("${path.module}/dataset-loader.zip") }

  input = jsonencode({
    source = {
      s3  = var.dataset.source.s3
      url = var.dataset.source.url
    }
    sha256    = var.dataset.sha256
    bucket    = aws_s3_bucket.bucket.bucket
    prefixes  = var.dataset.prefixes
    key       = var.dataset.source.file
    kmsKeyArn = var.kms_key == null ? null : var.kms_key.arn
  })

  depends_on = [
    aws_iam_role_policy.loader_policy,
    aws_s3_bucket_versioning.bucket_versioning,
    aws_s3_bucket_server_side_encryption_configuration.bucket_encryption,
    aws_s3_bucket_ownership_controls.bucket_ownership,
    aws_s3_bucket_public_access_block.bucket_public_access,
    aws_s3_bucket_policy.bucket_policy,
  ]
}
