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

module "studio_access" {
  source = "../../modules/studio-access"

  name = "product"

  network = {
    create = {
      vpc_cidr        = "10.0.0.0/16"
      private_subnets = { "us-east-1a" = "10.0.0.0/20" }
      public_subnets  = { "us-east-1a" = "10.0.240.0/24" }
      nat_gateways    = { "us-east-1a" = {} }
    }
  }

  personas = {
    userA = {
      grants = {
        product = { sub_prefix = "Product/*", permission = "READWRITE" }
        own     = { sub_prefix = "UserA/*", permission = "READWRITE" }
      }
    }
    userB = {
      grants = {
        product = { sub_prefix = "Product/*", permission = "READWRITE" }
        own     = { sub_prefix = "UserB/*", permission = "READWRITE" }
      }
    }
  }
}

output "url" {
  description = "Where people come in."
  value       = module.studio_access.url
}
