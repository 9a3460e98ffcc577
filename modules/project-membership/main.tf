resource "aws_cloudformation_stack" "member" {
  for_each = var.cloud_formation == null ? {} : var.members

  name       = "${var.name}-member-${each.key}"
  on_failure = "DELETE"

  iam_role_arn = (
    (var.cloud_formation == null ? null : var.cloud_formation.role) == null
    ? null
    : (var.cloud_formation == null ? null : var.cloud_formation.role).arn
  )

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
