# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {}

variables {
  name   = "example"
  domain = { id = "dzd_example" }

  members = {
    sales = {
      project_id  = "project1"
      identifier  = "arn:aws:iam::123456789012:role/approver"
      type        = "user"
      designation = "PROJECT_CONTRIBUTOR"
    }
  }
}

run "makes_nothing_unasked" {
  command = plan

  assert {
    condition     = length(aws_cloudformation_stack.member) == 0
    error_message = "Without cloud_formation nothing must be made."
  }

  assert {
    condition     = strcontains(output.commands["sales"], "--project-identifier project1 --designation PROJECT_CONTRIBUTOR")
    error_message = "The command must make the membership that is not made here."
  }
}

run "makes_each_membership_as_the_given_role" {
  command = plan

  variables {
    cloud_formation = { role = { arn = "arn:aws:iam::123456789012:role/deployment" } }
  }

  assert {
    condition     = aws_cloudformation_stack.member["sales"].on_failure == "DELETE"
    error_message = "A stack that failed must not stand in the way of the next apply."
  }

  assert {
    condition     = aws_cloudformation_stack.member["sales"].iam_role_arn == "arn:aws:iam::123456789012:role/deployment"
    error_message = "CloudFormation must act as the given role."
  }

  assert {
    condition = jsondecode(aws_cloudformation_stack.member["sales"].template_body).Resources.Membership.Properties == {
      DomainIdentifier  = "dzd_example"
      ProjectIdentifier = "project1"
      Designation       = "PROJECT_CONTRIBUTOR"
      Member            = { UserIdentifier = "arn:aws:iam::123456789012:role/approver" }
    }
    error_message = "The stack must make this membership and nothing else."
  }
}
