moved {
  from = aws_ssm_parameter.set_projects
  to   = aws_ssm_parameter.set_projects["0"]
}
