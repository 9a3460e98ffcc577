output "bucket_arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.bucket.arn
}

output "bucket_name" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.bucket.bucket
}

output "protected_bucket_name" {
  description = "Name of the bucket, known only after its policy, encryption and versioning are in place. Give it to another module as `after`, and that module is created after them and destroyed before them."
  value       = aws_s3_bucket_policy.bucket_policy.bucket
}

output "load_result" {
  description = "Result of the dataset loader's last run, as JSON: digest, bytes and objects. Null where there is none."
  value       = one(aws_lambda_invocation.load[*].result)
}

output "loader_function_name" {
  description = "Name of the dataset loader's function. Null where there is none."
  value       = one(aws_lambda_function.loader[*].function_name)
}

output "loader_function_arn" {
  description = "ARN of the dataset loader's function. Null where there is none."
  value       = one(aws_lambda_function.loader[*].arn)
}

output "loader_role_arn" {
  description = "ARN of the role that the dataset loader runs as. Null where there is none."
  value       = one(aws_iam_role.loader_role[*].arn)
}

output "loader_role_name" {
  description = "Name of the dataset loader's role. Null where there is none."
  value       = one(aws_iam_role.loader_role[*].name)
}
