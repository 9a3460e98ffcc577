output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = local.instance_arn
}

output "instance_id" {
  description = "Id of the instance created here. Null where there is none."
  value       = one(aws_s3control_access_grants_instance.instance[*].access_grants_instance_id)
}

output "location_ids" {
  description = "Id of each location, created here or existing, by the location's key."

  value = merge(
    { for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_id },
    { for key, entry in var.existing_locations : key => entry.id }
  )
}

output "location_arns" {
  description = "ARN of each location, by the location's key."

  value = {
    for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_arn
  }
}

output "location_role_arns" {
  description = "ARN of each location's role, existing or created here, by the location's key. Policies of the buckets and keys must let these roles in."

  value = {
    for key, entry in var.locations :
    key => entry.role == null ? aws_iam_role.location_role[key].arn : entry.role.arn
  }
}

output "location_role_names" {
  description = "Name of each role created here, by the location's key."
  value       = { for k, v in aws_iam_role.location_role : k => v.name }
}

output "owner_statements" {
  description = "Policy statements for the owners of each location's bucket and keys, by the location's key: JSON of an object with `bucket` and `key`. Nothing is changed there by this configuration. In this account IAM policies are enough, so add the statements only where the bucket's or key's policy restricts access. A Deny statement there must make an exception for the location's role."

  value = {
    for key, entry in var.locations : key => jsonencode({
      bucket = [
        {
          Sid       = "AccessGrantsObjects"
          Effect    = "Allow"
          Principal = { AWS = local.owner_roles[key] }
          Action = {
            READ = [
              "s3:GetObject",
              "s3:GetObjectVersion",
              "s3:GetObjectAcl",
              "s3:GetObjectVersionAcl",
              "s3:ListMultipartUploadParts",
            ]
            WRITE = [
              "s3:PutObject",
              "s3:PutObjectAcl",
              "s3:PutObjectVersionAcl",
              "s3:DeleteObject",
              "s3:DeleteObjectVersion",
              "s3:AbortMultipartUpload",
            ]
            READWRITE = [
              "s3:GetObject",
              "s3:GetObjectVersion",
              "s3:GetObjectAcl",
              "s3:GetObjectVersionAcl",
              "s3:ListMultipartUploadParts",
              "s3:PutObject",
              "s3:PutObjectAcl",
              "s3:PutObjectVersionAcl",
              "s3:DeleteObject",
              "s3:DeleteObjectVersion",
              "s3:AbortMultipartUpload",
            ]
          }[entry.permission]
          Resource = local.owner_objects[key]
        },
        {
          Sid       = "AccessGrantsList"
          Effect    = "Allow"
          Principal = { AWS = local.owner_roles[key] }
          Action = {
            READ      = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
            WRITE     = ["s3:ListBucket"]
            READWRITE = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
          }[entry.permission]
          Resource = local.owner_buckets[key]
        },
      ]
      key = [
        {
          Sid       = "AccessGrants"
          Effect    = "Allow"
          Principal = { AWS = local.owner_roles[key] }
          Action = {
            READ      = ["kms:Decrypt"]
            WRITE     = ["kms:GenerateDataKey", "kms:Decrypt"]
            READWRITE = ["kms:Decrypt", "kms:GenerateDataKey"]
          }[entry.permission]
          Resource = "*"
          Condition = {
            StringEquals = {
              "kms:ViaService" = [
                "s3.${local.region}.amazonaws.com",
                "s3.${local.region}.amazonaws.com.cn",
              ]
            }
          }
        },
      ]
    })
  }
}

output "grant_arns" {
  description = "ARN of each grant, by the persona's key and the grant's key."
  value       = { for k, v in module.persona : k => v.grant_arns }
}

output "grant_ids" {
  description = "Id of each grant, by the persona's key and the grant's key."
  value       = { for k, v in module.persona : k => v.grant_ids }
}

output "grant_scopes" {
  description = "Full scope of each grant, e.g. `s3://my-bucket/Product/*`, by the persona's key and the grant's key."
  value       = { for k, v in module.persona : k => v.grant_scopes }
}

output "aws_profiles" {
  description = "Text of an AWS profile for `~/.aws/config`, for each grant, by the persona's key and the grant's key: with it any AWS tool uses the grant's credentials (`aws --profile <key> …`). The file examples/studio/grant_credentials.py must be in the home directory of the Studio space."
  value       = { for k, v in module.persona : k => v.aws_profiles }
}
