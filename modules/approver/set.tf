resource "terraform_data" "set_generation" {
  triggers_replace = {
    policies = sha256(join("\n", [for id, text in var.policies : "${id}:${sha256(text)}"]))
    projects = join(",", [for k, v in var.publishing_projects : v.id])
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "set_policy" {
  for_each = var.policies

  name           = "/${var.name}/policies/${terraform_data.set_generation.id}/${sha256(join("\n", [for id, text in var.policies : "${id}:${sha256(text)}"]))}/${each.key}"
  description    = "Approval policy (Cedar)"
  type           = "String"
  insecure_value = each.value
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "set_projects" {
  name           = "/${var.name}/projects/${terraform_data.set_generation.id}/${sha256(join(",", [for k, v in var.publishing_projects : v.id]))}"
  description    = "Publishing projects that the approver decides for"
  type           = "StringList"
  insecure_value = join(",", [for k, v in var.publishing_projects : v.id])
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}
