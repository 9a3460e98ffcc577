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

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_kms_key" "flow_logs" {
  description         = "Encrypts the flow logs"
  enable_key_rotation = true
}

module "studio_network" {
  source = "../../modules/studio-network"

  name     = "product"
  vpc_cidr = "10.0.0.0/16"

  private_subnets = {
    "us-east-1a" = "10.0.0.0/20"
    "us-east-1b" = "10.0.16.0/20"
  }

  public_subnets = {
    "us-east-1a" = "10.0.240.0/24"
    "us-east-1b" = "10.0.241.0/24"
  }

  nat_gateways = {
    "us-east-1a" = { elastic_ip = { allocation_id = aws_eip.nat.allocation_id } }
    "us-east-1b" = {}
  }

  interface_endpoints = {
    sagemaker = { service = "sagemaker.api" }
    sts       = { service = "sts" }
  }

  flow_logs = {
    retention_days = 90
    kms_key        = { arn = aws_kms_key.flow_logs.arn }
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}
