# A bucket: TLS only, encrypted, versioned, never public.

resource "terraform_data" "bucket_name" {
  input = var.bucket_name

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.bucket_name)
      error_message = "the bucket's name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another name would replace the bucket and lose its objects; create a second bucket and copy them."
    }
  }
}

resource "aws_s3_bucket" "bucket" {
  # checkov:skip=CKV_AWS_19: It is encrypted in every case: of the two dynamic rules one is always there.
  # checkov:skip=CKV_AWS_144: Where else the data may be is the caller's decision; versioning, which replication needs, is on.
  # checkov:skip=CKV_AWS_145: The caller's key is used if one is given, otherwise a key that S3 manages.
  # checkov:skip=CKV2_AWS_62: Nothing here listens for new objects; the bucket's one notification configuration stays the caller's.

  bucket        = terraform_data.bucket_name.input
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

# The bucket's policy, and what its lifecycle rules delete.

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

  depends_on = [
    aws_s3_bucket_public_access_block.bucket_public_access,
    aws_s3_bucket_ownership_controls.bucket_ownership,
    aws_s3_bucket_versioning.bucket_versioning,
    aws_s3_bucket_server_side_encryption_configuration.bucket_encryption,
  ]
}

resource "aws_s3_bucket_lifecycle_configuration" "bucket_lifecycle" {
  # checkov:skip=CKV_AWS_300: The first rule aborts them: checkov reads only the dynamic rule.

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

# Who asked for which object.

resource "aws_s3_bucket_logging" "bucket_logging" {
  count = var.access_logs != null ? 1 : 0

  bucket        = aws_s3_bucket.bucket.id
  target_bucket = var.access_logs.bucket
  target_prefix = "${var.bucket_name}/"

  lifecycle {
    precondition {
      condition     = var.access_logs.bucket != aws_s3_bucket.bucket.bucket
      error_message = "access_logs.bucket: must be another bucket than the one whose requests are logged: writing a log would be logged too, without end."
    }
  }
}
