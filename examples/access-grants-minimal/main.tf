terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "access_grants" {
  source = "../../modules/access-grants"

  name      = "product"
  locations = { data = { scope = "s3://example-product-data/" } }

  personas = {
    analyst = {
      grantee = {
        type = "IAM"
        id   = "arn:aws:iam::123456789012:role/analyst"
      }
      grants = {
        product = {
          location   = "data"
          sub_prefix = "Product/*"
          permission = "READWRITE"
        }
      }
    }
  }
}
