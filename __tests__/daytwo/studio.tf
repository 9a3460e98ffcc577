# A deployment as a group has it who calls the modules: both compositions, behind something else of its own, in a network of its own,
# in the account of an environment (cdk.tf.json), whose S3 Access Grants instance they use.

variable "settings" {
  description = "What a year changes."
  type        = any
}

# What the modules have nothing to do with, but for the callers' depends_on.
resource "aws_ssm_parameter" "neighbour" {
  name  = "/neighbour"
  type  = "String"
  value = "here"
  tags  = var.settings.neighbour_tags
}

resource "aws_vpc" "group" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "group" {
  for_each = var.settings.zones

  vpc_id            = aws_vpc.group.id
  availability_zone = each.key
  cidr_block        = "10.1.${each.value}.0/24"
}

resource "aws_security_group" "group" {
  for_each = toset(var.settings.security_groups)

  name        = each.key
  description = "Studio of the group"
  vpc_id      = aws_vpc.group.id
}

resource "aws_kms_key" "data" {
  count = var.settings.has_key ? 1 : 0

  description = "Data of the group"
}

module "studio" {
  source     = "./modules/studio-access"
  depends_on = [aws_ssm_parameter.neighbour]

  name                       = "called"
  domain_name                = var.settings.domain_name
  delete_objects_with_bucket = true
  tags                       = var.settings.tags
  existing_instance          = { arn = aws_s3control_access_grants_instance.data_access_access_instance.access_grants_instance_arn }
  data_key                   = var.settings.has_key ? { arn = aws_kms_key.data[0].arn } : null
  personas                   = var.settings.personas

  network = {
    existing = {
      vpc_id             = aws_vpc.group.id
      subnet_ids         = [for zone in keys(var.settings.zones) : aws_subnet.group[zone].id]
      security_group_ids = [for name in var.settings.security_groups : aws_security_group.group[name].id]
    }
  }

  dataset = {
    source   = { s3 = { bucket = var.settings.samples, key = var.settings.data_set }, file = "abalone.csv" }
    prefixes = ["Product/"]
    logs     = { retention_days = var.settings.retention_days }
  }
}

output "called_update_subnets_command" {
  # The baseline does not have it.
  value = try(module.studio.update_subnets_command, null)
}
