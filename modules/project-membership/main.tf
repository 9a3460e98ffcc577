locals {
  identifiers = {
    for key, entry in var.members :
    key => entry.user_profile == null
    ? entry.identifier
    : aws_datazone_user_profile.profile[entry.user_profile.key].id
  }

  given_cloud_formation_role = var.cloud_formation == null ? null : var.cloud_formation.role
}

resource "aws_datazone_user_profile" "profile" {
  for_each = var.user_profiles

  domain_identifier = var.domain.id
  user_identifier   = each.value.identifier
  user_type         = each.value.type
}

resource "aws_cloudformation_stack" "pool" {
  # checkov:skip=CKV_AWS_124: Terraform waits for the stack and reports why it failed, so nobody needs a notification.

  for_each = { for k, v in var.member_pools : k => v if var.cloud_formation != null }

  name         = "${var.name}-pool-${each.key}"
  iam_role_arn = local.given_cloud_formation_role == null ? null : local.given_cloud_formation_role.arn
  on_failure   = "DELETE"

  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Description              = "Who may be added to the projects of an Amazon DataZone domain unit"
    Resources = {
      PolicyGrant = {
        Type = "AWS::DataZone::PolicyGrant"
        Properties = {
          DomainIdentifier = var.domain.id
          EntityType       = "DOMAIN_UNIT"
          EntityIdentifier = each.value.domain_unit_id
          PolicyType       = "ADD_TO_PROJECT_MEMBER_POOL"
          Detail           = { AddToProjectMemberPool = { IncludeChildDomainUnits = true } }
          Principal = {
            ({ user = "User", group = "Group" }[each.value.type]) = {
              ({ user = "UserIdentifier", group = "GroupIdentifier" }[each.value.type]) = (
                each.value.user_profile == null
                ? each.value.identifier
                : aws_datazone_user_profile.profile[each.value.user_profile.key].id
              )
            }
          }
        }
      }
    }
  })

  tags = var.tags

  lifecycle {
    ignore_changes = [on_failure]
  }
}

resource "aws_cloudformation_stack" "member" {
  # checkov:skip=CKV_AWS_124: Terraform waits for the stack and reports why it failed, so nobody needs a notification.

  for_each = { for k, v in var.members : k => v if var.cloud_formation != null }

  name         = "${var.name}-member-${each.key}"
  iam_role_arn = local.given_cloud_formation_role == null ? null : local.given_cloud_formation_role.arn
  on_failure   = "DELETE"

  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Description              = "Member of an Amazon DataZone project"
    Resources = {
      Membership = {
        Type = "AWS::DataZone::ProjectMembership"
        Properties = {
          DomainIdentifier  = var.domain.id
          ProjectIdentifier = each.value.project_id
          Designation       = each.value.designation
          Member = {
            ({ user = "UserIdentifier", group = "GroupIdentifier" }[each.value.type]) = local.identifiers[each.key]
          }
        }
      }
    }
  })

  tags = var.tags

  lifecycle {
    ignore_changes = [on_failure]
  }

  depends_on = [aws_cloudformation_stack.pool]
}
