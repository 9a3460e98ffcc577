# What an account has before the examples are called: everything that they name and do not make.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true
}

# What there is of Amazon DataZone and Identity Center.
variable "world" {
  type = any
}

data "aws_caller_identity" "current" {}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_security_group" "default" {
  name   = "default"
  vpc_id = data.aws_vpc.default.id
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_kms_key" "catalog" {
  description = "Encrypts the catalog"
}

resource "aws_s3_bucket" "logs" {
  bucket_prefix = "access-logs-"
  force_destroy = true
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.logs.arn}/*"
    }]
  })
}

# Buckets that people bring.
resource "aws_s3_bucket" "brought" {
  for_each = toset(["lake", "product", "reports"])

  bucket_prefix = "brought-${each.key}-"
  force_destroy = true
}

resource "aws_s3_object" "brought" {
  for_each = merge([
    for name, bucket in aws_s3_bucket.brought :
    { for key in ["Product/a.csv", "Reports/latest.csv", "UserA/a.csv", "UserB/a.csv", "published/a.csv"] : "${name}/${key}" => [bucket.id, key] }
  ]...)

  bucket  = each.value[0]
  key     = each.value[1]
  content = each.key
}

data "aws_iam_policy_document" "location" {
  statement {
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:SetContext"]

    principals {
      type        = "Service"
      identifiers = ["access-grants.s3.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "location" {
  name               = "reports-location"
  assume_role_policy = data.aws_iam_policy_document.location.json
}

resource "aws_iam_role_policy" "location" {
  role = aws_iam_role.location.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
      Resource = flatten([for bucket in aws_s3_bucket.brought : [bucket.arn, "${bucket.arn}/*"]])
    }]
  })
}

# A location that there is already, of a bucket that there is already.
resource "aws_s3control_access_grants_location" "lake" {
  account_id     = data.aws_caller_identity.current.account_id
  iam_role_arn   = aws_iam_role.location.arn
  location_scope = "s3://${aws_s3_bucket.brought["lake"].id}"

  depends_on = [module.persona-grants-complete, aws_iam_role_policy.location]
}

# Asks for data in the name of whoever is signed in by Identity Center.
resource "aws_iam_role" "application" {
  name = "application"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = ["sts:AssumeRole", "sts:SetContext"]
    }]
  })
}

resource "aws_iam_role_policy" "application" {
  role = aws_iam_role.application.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetDataAccess", Resource = "*" }]
  })
}

locals {
  account = merge(var.world, {
    boundary           = aws_iam_policy.boundary.arn
    bucket             = aws_s3_bucket.brought["product"].id
    catalog_key        = aws_kms_key.catalog.arn
    identity_center    = var.world.identity_center
    log_bucket         = aws_s3_bucket_policy.logs.bucket
    reports_bucket     = aws_s3_bucket.brought["reports"].id
    reports_role       = aws_iam_role.location.arn
    security_group_ids = [data.aws_security_group.default.id]
    subnet_ids         = slice(sort(data.aws_subnets.default.ids), 0, 2)
    vpc_id             = data.aws_vpc.default.id
  })
}

output "made" {
  value = {
    approver             = module.approver-complete.made
    subscription         = module.subscription-approval-complete.made
    event_rule           = module.event-rule-complete.made
    notification_topic   = module.notification-topic-complete.made
    project_membership   = module.project-membership-complete.made
    access_grants        = module.access-grants-complete.made
    persona_grants       = module.persona-grants-complete.made
    data_bucket          = module.data-bucket-complete.made
    studio_access        = module.studio-access-complete.made
    studio_domain        = module.studio-domain-complete.made
    studio_network       = module.studio-network-complete.made
    brought              = module.brought
    application_role_arn = aws_iam_role.application.arn
    buckets              = { for name, bucket in aws_s3_bucket.brought : name => bucket.id }
  }
}
