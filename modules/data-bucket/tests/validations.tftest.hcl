# Every validation of the variables, hit by an input that it must refuse. No AWS account is needed.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_partition" {
    defaults = {
      partition  = "aws"
      dns_suffix = "amazonaws.com"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id   = "us-east-1"
      name = "us-east-1"
    }
  }
}

run "accepts_what_is_right" {
  command = plan

  variables {
    name                       = "example"
    permissions_boundary       = { arn = "arn:aws:iam::123456789012:policy/example" }
    role_path                  = "/"
    bucket_name                = "example"
    kms_key                    = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    expire_noncurrent_versions = { days = 1 }
    access_logs                = { bucket = "example" }
    policy_documents           = {}
    objects_only_for           = { roles = {} }
    delete_objects_with_bucket = true

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
    }

    tags = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name        = "not valid!"
    bucket_name = "example"
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name        = "example"
    bucket_name = "example"
    tags        = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name        = "example"
    bucket_name = "example"
    tags        = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name        = "example"
    bucket_name = "example"
    tags        = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name        = "example"
    bucket_name = "example"
    tags        = { for i in range(51) : "example-${i}" => "example" }
  }
}

# permissionsBoundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)
run "refuses_permissions_boundary_6" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    bucket_name          = "example"
    permissions_boundary = { arn = "not valid!" }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_7" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name        = "example"
    bucket_name = "example"
    role_path   = "not valid!"
  }
}

# bucketName must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_bucket_name_8" {
  command         = plan
  expect_failures = [var.bucket_name]

  variables {
    name        = "example"
    bucket_name = "not valid!"
  }
}

# kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_kms_key_9" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    name        = "example"
    bucket_name = "example"
    kms_key     = { arn = "not valid!" }
  }
}

# expireNoncurrentVersions.days must be a whole number of days from 1 to 36500
run "refuses_expire_noncurrent_versions_10" {
  command         = plan
  expect_failures = [var.expire_noncurrent_versions]

  variables {
    name                       = "example"
    bucket_name                = "example"
    expire_noncurrent_versions = { days = -1 }
  }
}

# accessLogs.bucket must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_access_logs_11" {
  command         = plan
  expect_failures = [var.access_logs]

  variables {
    name        = "example"
    bucket_name = "example"
    access_logs = { bucket = "not valid!" }
  }
}

# policyDocuments must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_policy_documents_12" {
  command         = plan
  expect_failures = [var.policy_documents]

  variables {
    name             = "example"
    bucket_name      = "example"
    policy_documents = { "not a key!" = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
}

# policyDocuments must be an IAM policy document as JSON: { "Version": "2012-10-17", "Statement": [ … ] }
run "refuses_policy_documents_13" {
  command         = plan
  expect_failures = [var.policy_documents]

  variables {
    name             = "example"
    bucket_name      = "example"
    policy_documents = { example = "not valid!" }
  }
}

# objectsOnlyFor.roles must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_objects_only_for_14" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name             = "example"
    bucket_name      = "example"
    objects_only_for = { roles = { "not a key!" = "arn:aws:iam::123456789012:role/example" } }
  }
}

# objectsOnlyFor.roles must have at most 100 roles: a bucket's policy holds 20 KB
run "refuses_objects_only_for_15" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name        = "example"
    bucket_name = "example"

    objects_only_for = {
      roles = { for i in range(101) : "example-${i}" => "arn:aws:iam::123456789012:role/example" }
    }
  }
}

# objectsOnlyFor.roles must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_objects_only_for_16" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name             = "example"
    bucket_name      = "example"
    objects_only_for = { roles = { example = "not valid!" } }
  }
}

# dataset must have a sha256 when its source is public (a URL, or an object in sagemaker-sample-files): look at the file, then compute the digest, e.g. aws s3 cp s3://… - | sha256sum
run "refuses_dataset_17" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"
    dataset     = { prefixes = ["Product/"] }
  }
}

# dataset.prefixes must have at least 1 prefix
run "refuses_dataset_18" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = []
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must have at most 100 prefixes
run "refuses_dataset_19" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = [
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
      ]
      sha256 = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must be prefixes that end with a slash and do not begin with one, without blanks around names and without * ? $, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_20" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["example"]
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must not name a prefix twice
run "refuses_dataset_21" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/", "Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.source must have exactly one of s3 and url
run "refuses_dataset_22" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source   = { file = "data.csv" }
    }
  }
}

# dataset.source.s3.bucket must be the name of a bucket, without s3:// and prefix
run "refuses_dataset_23" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "not valid!"
          key    = "example"
        }
      }
    }
  }
}

# dataset.source.s3.key must not be empty, or begin or end with a blank
run "refuses_dataset_24" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "example-data"
          key    = ""
        }
      }
    }
  }
}

# dataset.source.s3.key must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_25" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "example-data"
          key    = "*"
        }
      }
    }
  }
}

# dataset.source.url must begin with https:// and a host, and have a path without blanks
run "refuses_dataset_26" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "not valid!"
        file = "data.csv"
      }
    }
  }
}

# dataset.source.file must not be empty, or begin or end with a blank
run "refuses_dataset_27" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = " "
      }
    }
  }
}

# dataset.source.file must be a file name without a slash
run "refuses_dataset_28" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "../"
      }
    }
  }
}

# dataset.source.file must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_29" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "*"
      }
    }
  }
}

# dataset.source.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_dataset_30" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url     = "https://example.com/data.csv"
        file    = "data.csv"
        kms_key = { arn = "not valid!" }
      }
    }
  }
}

# dataset.sha256 must be 64 hexadecimal digits, as sha256sum prints them
run "refuses_dataset_31" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "not valid!"
    }
  }
}

# dataset.vpc.subnetIds must have at least 1 subnet
run "refuses_dataset_32" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = []
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.subnetIds must not have the same subnet twice
run "refuses_dataset_33" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1", "subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.subnetIds must have at most 16 subnets, the limit of SageMaker and Lambda
run "refuses_dataset_34" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids = [
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
          "subnet-1",
        ]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.subnetIds must be the id of a subnet, subnet-…
run "refuses_dataset_35" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["not valid!"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.securityGroupIds must have at least 1 security group
run "refuses_dataset_36" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = []
      }
    }
  }
}

# dataset.vpc.securityGroupIds must not have the same security group twice
run "refuses_dataset_37" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1", "sg-1"]
      }
    }
  }
}

# dataset.vpc.securityGroupIds must have at most 5 security groups, the limit of SageMaker and Lambda
run "refuses_dataset_38" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids = ["subnet-1"]
        security_group_ids = [
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
          "sg-1",
        ]
      }
    }
  }
}

# dataset.vpc.securityGroupIds must be the id of a security group, sg-…
run "refuses_dataset_39" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["not valid!"]
      }
    }
  }
}

# dataset.logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_dataset_40" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      logs     = { retention_days = -1 }
    }
  }
}

# dataset.logs.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_dataset_41" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name        = "example"
    bucket_name = "example"

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      logs     = { kms_key = { arn = "not valid!" } }
    }
  }
}
