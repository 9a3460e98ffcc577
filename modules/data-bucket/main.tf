locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id
  account_id = data.aws_caller_identity.current.account_id
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

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

      condition {
        test     = "StringLike"
        variable = "kms:ViaService"
        values   = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.kms_key == null ? [] : [1]

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com.cn"]
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

  lifecycle {
    precondition {
      condition = length(jsonencode([
        for item in var.dataset.prefixes :
        "arn:${local.partition}:s3:::${aws_s3_bucket.bucket.bucket}/${item}${var.dataset.source.file}"
      ])) <= 8000
      error_message = "dataset: the ARNs of the files to write must be at most 8,000 characters as JSON, because the policy of the loader's role names each: name fewer or shorter prefixes."
    }
  }
}

# The function, and its run.

resource "aws_lambda_function" "loader" {
  # checkov:skip=CKV_AWS_50: Structured records and metrics tell what it does; traces would say no more.
  # checkov:skip=CKV_AWS_115: It runs once in an apply.
  # checkov:skip=CKV_AWS_116: It is invoked synchronously: a failure fails the apply.
  # checkov:skip=CKV_AWS_173: The variables hold names, ids and ARNs, no secret; Lambda encrypts them with its own key.
  # checkov:skip=CKV_AWS_272: The plan shows the zip's digest (source_code_hash); a signing profile is an account's own.

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
      DATASET = jsonencode({
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
  input           = "{}"
  lifecycle_scope = "CREATE_ONLY"

  triggers = {
    bundle  = filebase64sha256("${path.module}/dataset-loader.zip")
    dataset = aws_lambda_function.loader[count.index].environment[0].variables["DATASET"]
  }

  lifecycle {
    precondition {
      condition = !can(regex(
        "^aws-[a-z-]+:sagemaker-sample-files$",
        var.dataset.source.s3 == null
        ? "none"
        : "${local.partition}:${var.dataset.source.s3.bucket}"
      ))
      error_message = "dataset.source: must be a source of your own in this partition: AWS's sample data set can be read in the partition aws only."
    }

    precondition {
      condition = length(replace(
        base64encode(aws_lambda_function.loader[count.index].environment[0].variables["DATASET"]),
        "=",
        ""
      )) <= 5067
      error_message = "dataset: must be at most 3,800 bytes as JSON, because it becomes an environment variable of the loader's function: name fewer or shorter prefixes."
    }
  }

  depends_on = [aws_iam_role_policy.loader_policy, aws_s3_bucket_policy.bucket_policy]
}
