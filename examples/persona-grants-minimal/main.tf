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

module "analyst" {
  source = "../../modules/persona-grants"

  account_id   = "123456789012"
  location_ids = { data = "0a1b2c3d-4e5f-6789-abcd-ef0123456789" }

  grantee = {
    type = "IAM"
    id   = "arn:aws:iam::123456789012:role/analyst"
  }

  grants = {
    product = {
      location   = "data"
      sub_prefix = "Product/*"
      permission = "READ"
    }
  }
}
