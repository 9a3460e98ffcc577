resource "terraform_data" "set_generation" {
  triggers_replace = { digest = local.policies_digest }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "set_policy" {
  # checkov:skip=CKV2_AWS_34: Policies and project ids are no secrets, and a plan should show what changes in them.

  for_each = var.policies

  name           = "/${var.name}/policies/${terraform_data.set_generation.id}/${local.policies_digest}/${each.key}"
  description    = "Approval policy (Cedar)"
  type           = "String"
  insecure_value = each.value
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "set_projects_generation" {
  triggers_replace = { digest = local.publishing_projects_digest }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "set_projects" {
  # checkov:skip=CKV2_AWS_34: Policies and project ids are no secrets, and a plan should show what changes in them.

  for_each = local.publishing_project_ids

  name           = "/${var.name}/projects/${terraform_data.set_projects_generation.id}/${local.publishing_projects_digest}/${each.key}"
  description    = "Publishing projects that the approver decides for"
  type           = "StringList"
  insecure_value = each.value
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}
