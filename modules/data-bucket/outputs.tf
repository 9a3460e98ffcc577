output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.bucket.arn
}

output "bucket_name" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.bucket.bucket
}

output "load_result" {
  description = "What the loader said of its last run, as JSON: digest, bytes and objects. Null without a data set."
  value       = one(aws_lambda_invocation.load[*].result)
}
