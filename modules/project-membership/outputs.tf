output "commands" {
  description = "AWS CLI command that makes each membership, by its key: for whoever may, where it is not made here."

  value = {
    for key, entry in var.members :
    key => "aws datazone create-project-membership --domain-identifier ${var.domain.id} --project-identifier ${entry.project_id} --designation ${entry.user_created_designation == null ? entry.designation : "USER_CREATED_DESIGNATION --user-created-designation-id ${entry.user_created_designation.id}"} --member '{\"${entry.type}Identifier\":${replace(jsonencode(local.identifiers[key]), "'", "'\\''")}}'"
  }
}

output "user_profile_ids" {
  description = "Id of each user profile made here, by its key."
  value       = { for k, v in aws_datazone_user_profile.profile : k => v.id }
}

output "stack_ids" {
  description = "Id of the CloudFormation stack of each membership made here, by its key."
  value       = { for k, v in aws_cloudformation_stack.member : k => v.id }
}
