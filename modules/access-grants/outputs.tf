output "instance_arn" {
  description = "ARN of the S3 Access Grants instance."
  value       = local.instance_arn
}

output "instance_id" {
  description = "Id of the instance made here. Null where there is none."
  value       = one(aws_s3control_access_grants_instance.instance[*].access_grants_instance_id)
}

output "location_ids" {
  description = "Id of each location, made here or existing, by its key."

  value = merge(
    { for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_id },
    { for key, entry in var.existing_locations : key => entry.id }
  )
}

output "location_arns" {
  description = "ARN of each location, by its key."

  value = {
    for k, v in aws_s3control_access_grants_location.location : k => v.access_grants_location_arn
  }
}

output "location_role_arns" {
  description = "ARN of each location's role, given or made here, by the location's key: what policies of buckets and keys have to let in."

  value = {
    for key, entry in var.locations :
    key => entry.role == null ? aws_iam_role.location_role[key].arn : entry.role.arn
  }
}

output "location_role_names" {
  description = "Name of each role made for a location, by the location's key."
  value       = { for k, v in aws_iam_role.location_role : k => v.name }
}

output "owner_statements" {
  description = "What the owners of each location's bucket and keys have to let in, by the location's key: JSON of `bucket` and `key`, statements for their policies. Nothing is written there. In this account IAM decides, so they are needed only where those policies say otherwise; a Deny there has to leave the location's role out."

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
  description = "ARN of each grant, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_arns }
}

output "grant_ids" {
  description = "Id of each grant, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_ids }
}

output "grant_scopes" {
  description = "What each grant reaches, e.g. `s3://my-bucket/Product/*`, by its persona and its key."
  value       = { for k, v in module.persona : k => v.grant_scopes }
}

output "aws_profiles" {
  description = "A profile for `~/.aws/config` for each grant, by its persona and its key: any AWS tool then works with the credentials of the grant (`aws --profile <key> …`). It takes examples/studio/grant_credentials.py to be in the home directory of a Studio space."
  value       = { for k, v in module.persona : k => v.aws_profiles }
}
