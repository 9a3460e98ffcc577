output "commands" {
  description = "AWS CLI command that makes a membership, for each member by its key. Run it where `cloud_formation` is not given."

  value = {
    for key, entry in var.members :
    key => "aws datazone create-project-membership --domain-identifier ${var.domain.id} --project-identifier ${entry.project_id} --designation ${entry.user_created_designation == null ? entry.designation : "USER_CREATED_DESIGNATION --user-created-designation-id ${entry.user_created_designation.id}"} --member '{\"${entry.type}Identifier\":${replace(jsonencode(local.identifiers[key]), "'", "'\\''")}}'"
  }
}

output "user_profile_ids" {
  description = "Id of each user profile created here, by the profile's key."
  value       = { for k, v in aws_datazone_user_profile.profile : k => v.id }
}

output "stack_ids" {
  description = "Id of the CloudFormation stack of each membership created here, by the member's key."
  value       = { for k, v in aws_cloudformation_stack.member : k => v.id }
}
