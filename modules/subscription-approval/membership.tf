resource "aws_cloudformation_stack" "membership_member" {
  for_each = var.membership == null ? {} : {
    for key, entry in var.publishing_projects : key => {
      project_id  = entry.id
      identifier  = var.approver_role == null ? local.role_arn : local.approver_role_role_arn
      type        = "user"
      designation = "PROJECT_CONTRIBUTOR"
    }
  }

  name         = "${var.name}-member-${each.key}"
  iam_role_arn = local.membership_role == null ? null : local.membership_role.arn
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
