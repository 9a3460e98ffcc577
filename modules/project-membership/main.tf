locals {
  given_cloud_formation_role = var.cloud_formation == null ? null : var.cloud_formation.role
}

resource "aws_cloudformation_stack" "member" {
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
            ({ user = "UserIdentifier", group = "GroupIdentifier" }[each.value.type]) = each.value.identifier
          }
        }
      }
    }
  })

  tags = var.tags
}
