# A deployment as someone has it who calls the modules: both compositions behind something else of the same team's.

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

variable "neighbour_tags" {
  type = map(string)
}

variable "tags" {
  type = map(string)
}

variable "subnets" {
  type = map(string)
}

variable "personas" {
  type = any
}

variable "policies" {
  type = map(string)
}

variable "projects" {
  type = map(object({ id = string }))
}

variable "subscriptions" {
  type = any
}

variable "retention_days" {
  type = number
}

variable "dataset_bucket" {
  type = string
}

variable "domain_id" {
  type = string
}

# What the modules have nothing to do with, but for the callers' depends_on.
resource "aws_ssm_parameter" "neighbour" {
  name  = "/neighbour"
  type  = "String"
  value = "here"
  tags  = var.neighbour_tags
}

module "studio" {
  source     = "./modules/studio-access"
  depends_on = [aws_ssm_parameter.neighbour]

  name                      = "year"
  domain_name               = "Year"
  delete_objects_with_bucket = true
  tags                      = var.tags
  personas                  = var.personas

  network = {
    create = {
      vpc_cidr        = "10.0.0.0/16"
      private_subnets = var.subnets
    }
  }

  dataset = {
    source   = { s3 = { bucket = var.dataset_bucket, key = "abalone.csv" }, file = "abalone.csv" }
    prefixes = ["Product/"]
    logs     = { retention_days = var.retention_days }
  }
}

module "approval" {
  source     = "./modules/subscription-approval"
  depends_on = [aws_ssm_parameter.neighbour]

  name                = "year"
  environment         = "prod"
  domain              = { id = var.domain_id }
  publishing_projects = var.projects
  policies            = var.policies
  sweep               = { every_minutes = 60 }
  tags                = var.tags
  logs                = { retention_days = var.retention_days }

  notifications = { subscriptions = var.subscriptions }
  operators     = { subscriptions = { on_call = { protocol = "email", endpoint = "data-platform@example.com" } } }
}

output "buckets" {
  value = [module.studio.bucket_name, module.studio.scratch_bucket_name]
}

output "home_file_system_id" {
  value = module.studio.home_file_system_id
}

output "dead_letter_queue_url" {
  value = module.approval.dead_letter_queue_url
}

output "topic_arn" {
  value = module.approval.topic_arn
}

output "update_subnets_command" {
  value = module.studio.update_subnets_command
}
