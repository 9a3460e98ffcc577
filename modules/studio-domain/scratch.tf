# A bucket: TLS only, encrypted, versioned, never public.

resource "terraform_data" "scratch_name" {
  input = "${var.name}-scratch-${terraform_data.account.input}"

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == ("${var.name}-scratch-${terraform_data.account.input}")
      error_message = "the bucket's name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another name would replace the bucket and lose its objects; create a second bucket and copy them."
    }
  }
}

resource "aws_s3_bucket" "scratch" {
  # checkov:skip=CKV_AWS_19: It is encrypted in every case: of the two dynamic rules one is always there.
  # checkov:skip=CKV_AWS_144: Where else the data may be is the caller's decision; versioning, which replication needs, is on.
  # checkov:skip=CKV_AWS_145: The caller's key is used if one is given, otherwise a key that S3 manages.
  # checkov:skip=CKV2_AWS_62: Nothing here listens for new objects; the bucket's one notification configuration stays the caller's.

  bucket        = terraform_data.scratch_name.input
  force_destroy = var.delete_objects_with_bucket
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "scratch_public_access" {
  bucket                  = aws_s3_bucket.scratch.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "scratch_ownership" {
  bucket = aws_s3_bucket.scratch.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "scratch_versioning" {
  bucket = aws_s3_bucket.scratch.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "scratch_encryption" {
  bucket = aws_s3_bucket.scratch.id

  dynamic "rule" {
    for_each = var.scratch_key == null ? [] : [1]

    content {
      bucket_key_enabled = true

      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = var.scratch_key.arn
      }
    }
  }

  dynamic "rule" {
    for_each = var.scratch_key == null ? [1] : []

    content {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }
}

# The bucket's policy, and what its lifecycle rules delete.

data "aws_iam_policy_document" "scratch_policy_document" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.scratch.arn, "${aws_s3_bucket.scratch.arn}/*"]

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

resource "aws_s3_bucket_policy" "scratch_policy" {
  bucket = aws_s3_bucket.scratch.id
  policy = data.aws_iam_policy_document.scratch_policy_document.json

  depends_on = [
    aws_s3_bucket_public_access_block.scratch_public_access,
    aws_s3_bucket_ownership_controls.scratch_ownership,
    aws_s3_bucket_versioning.scratch_versioning,
    aws_s3_bucket_server_side_encryption_configuration.scratch_encryption,
  ]
}

resource "aws_s3_bucket_lifecycle_configuration" "scratch_lifecycle" {
  bucket = aws_s3_bucket.scratch.id

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

  depends_on = [aws_s3_bucket_versioning.scratch_versioning]
}

# Who asked for which object.

resource "aws_s3_bucket_logging" "scratch_logging" {
  count = var.access_logs != null ? 1 : 0

  bucket        = aws_s3_bucket.scratch.id
  target_bucket = var.access_logs.bucket
  target_prefix = "${var.name}-scratch-${terraform_data.account.input}/"

  lifecycle {
    precondition {
      condition     = var.access_logs.bucket != aws_s3_bucket.scratch.bucket
      error_message = "access_logs.bucket: must be another bucket than the one whose requests are logged: writing a log would be logged too, without end."
    }
  }
}
