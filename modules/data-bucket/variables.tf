variable "name" {
  description = "Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.name))
    error_message = "name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter."
  }
}

variable "tags" {
  description = "Tags for every resource that can have tags. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.tags) :
      can(regex("^[\\p{L}\\p{N}_.:/=+@-]([\\p{L}\\p{N} _.:/=+@-]{0,126}[\\p{L}\\p{N}_.:/=+@-])?$", key))
    ])
    error_message = "tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them."
  }

  validation {
    condition     = !anytrue([for key in keys(var.tags) : startswith(lower(key), "aws:")])
    error_message = "tags must not have keys that begin with aws:, which AWS reserves for itself."
  }

  validation {
    condition = alltrue([
      for text in var.tags :
      can(regex("^([\\p{L}\\p{N}_.:/=+@-]([\\p{L}\\p{N} _.:/=+@-]{0,254}[\\p{L}\\p{N}_.:/=+@-])?)?$", text))
    ])
    error_message = "tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them."
  }

  validation {
    condition     = length(var.tags) <= 48
    error_message = "tags must have at most 48 tags."
  }
}

variable "permissions_boundary" {
  description = "Managed policy that is the permissions boundary of every role created here. Default: none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.permissions_boundary == null
      || can(regex("^arn:[a-z0-9-]+:iam::([0-9]{12}|aws):policy[/].+$", var.permissions_boundary.arn))
    )
    error_message = "permissions_boundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)."
  }
}

variable "role_path" {
  description = "IAM path of every role created here; begins and ends with a slash."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^\\/([\\x21-\\x7e]+\\/)?$", var.role_path))
    error_message = "role_path must begin and end with a slash."
  }
}

variable "bucket_name" {
  description = "Name of the bucket, unique in all of AWS: 3 to 63 lower-case letters, digits, dots and hyphens."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "kms_key" {
  description = "Customer-managed key that encrypts the objects. Its key policy must leave the decision to IAM policies of the account, because the loader's role and the role of the S3 Access Grants location use the key through S3. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.kms_key.arn))
    )
    error_message = "kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "expire_noncurrent_versions" {
  description = "Deletes noncurrent versions of objects this many days after they were replaced or deleted. Default: noncurrent versions are kept forever."
  type        = object({ days = number })
  default     = null

  validation {
    condition = (
      var.expire_noncurrent_versions == null
      ? true
      : var.expire_noncurrent_versions.days >= 1
      && var.expire_noncurrent_versions.days <= 36500
      && floor(var.expire_noncurrent_versions.days) == var.expire_noncurrent_versions.days
    )
    error_message = "expire_noncurrent_versions.days must be a whole number of days from 1 to 36500."
  }
}

variable "access_logs" {
  description = "S3 server access logs: writes who asked for which object into another bucket. Default: no access logs; CloudTrail data events, where you have them on, record the same and more."
  type = object({
    # Name of another bucket in this account and Region. The logs go below the prefix `<name of the
    # logged bucket>/`. Its policy must let `logging.s3.amazonaws.com` put objects there.
    bucket = string
  })
  default = null

  validation {
    condition     = var.access_logs == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.access_logs.bucket))
    error_message = "access_logs.bucket must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "policy_documents" {
  description = "Statements to add to the bucket's policy: policy documents as JSON (`data.aws_iam_policy_document.<name>.json`), by a key of your choice that does not change later. They cannot replace the bucket's own statements. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.policy_documents) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "policy_documents must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition = alltrue([for entry in var.policy_documents : can(jsondecode(entry).Statement)])
    error_message = format(
      "policy_documents: must be an IAM policy document as JSON: { \"Version\": \"2012-10-17\", \"Statement\": [ … ] }; entries that break this: %s.",
      join(", ", [
        for key, entry in var.policy_documents : key
        if !can(jsondecode(entry).Statement)
      ])
    )
  }
}

variable "objects_only_for" {
  description = "Denies reading, writing and deleting objects to everyone except these roles, AWS services, the dataset loader and, in studio-access, the role of the S3 Access Grants location. It does not stop anyone from changing the bucket, its policy or its lifecycle rules. Default: no such denial: IAM policies alone decide."
  type = object({
    # ARN of each role, by a key of your choice that does not change later.
    roles = map(string)
  })
  default = null

  validation {
    condition = (
      var.objects_only_for == null
      ? true
      : alltrue([
        for key in keys(var.objects_only_for.roles) :
        can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
      ])
    )
    error_message = "objects_only_for.roles must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = var.objects_only_for == null ? true : length(var.objects_only_for.roles) <= 100
    error_message = "objects_only_for.roles must have at most 100 roles: a bucket's policy holds 20 KB."
  }

  validation {
    condition = (
      var.objects_only_for == null
      ? true
      : alltrue([
        for entry in var.objects_only_for.roles :
        can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry))
      ])
    )
    error_message = format(
      "objects_only_for.roles: must be the ARN of a role (arn:partition:iam::account:role/…); entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.objects_only_for.roles, {}) : key
        if !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry))
      ])
    )
  }
}

variable "delete_objects_with_bucket" {
  description = "Lets `destroy` delete the bucket together with all objects and versions in it. Not for production."
  type        = bool
  default     = false
  nullable    = false
}

variable "dataset" {
  description = "A data set to load by an apply, and again whenever its source, its prefixes or the loader's function change. Default: none; the bucket is empty and no function is made."
  type = object({
    # Prefixes that each get a copy: 1 to 100, each ends with a slash. Removing a prefix from the
    # list leaves its copy where it is.
    prefixes = list(string)
    # The file to load. Default: the Abalone data set that AWS publishes for SageMaker's samples
    # (4,177 lines, us-east-1).
    source = optional(object({
      # The object to load, in any Region; the policy of its bucket must let the loader's role read
      # it.
      s3 = optional(object({
        bucket = string
        key    = string
      }))
      # URL of the file to load; begins with `https://`.
      url = optional(string)
      # Name that the file gets below each prefix.
      file = string
      # Customer-managed key that the object in `s3` is encrypted with, so that the loader may
      # decrypt it. Default: none.
      kms_key = optional(object({ arn = string }))
    }), { s3 = { bucket = "sagemaker-sample-files", key = "datasets/tabular/uci_abalone/abalone.csv" }, file = "abalone.csv" })
    # SHA-256 of the source file, 64 hexadecimal digits. The loader refuses a file with another
    # digest, and does not read the source again when all copies are in place. Required for a URL,
    # for AWS's samples and for an object in a bucket of another account. Default: none: the loader
    # takes whatever `source.s3` holds, in a bucket of this account.
    sha256 = optional(string)
    # VPC subnets and security groups of the loader's function. From there it must reach the source
    # and S3. Default: outside any VPC.
    vpc = optional(object({
      # Ids of the subnets for the function's network interfaces, preferably in two or more
      # Availability Zones.
      subnet_ids = list(string)
      # Ids of the security groups of the network interfaces.
      security_group_ids = list(string)
    }))
    # Retention and encryption of the function's log group. Default: kept for a year, encrypted by
    # CloudWatch Logs itself.
    logs = optional(object({
      # Days that log events are kept: a number that CloudWatch Logs accepts, e.g. 30, 90, 365 or
      # 731.
      retention_days = optional(number, 365)
      # Customer-managed key that encrypts the log group. Default: encrypted by CloudWatch Logs
      # itself.
      kms_key = optional(object({ arn = string }))
    }), {})
  })
  default = null

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.sha256 != null
      || (var.dataset.source.url == null && try(var.dataset.source.s3.bucket, "") != "sagemaker-sample-files")
    )
    error_message = "dataset must have a sha256 when its source is public (a URL, or an object in sagemaker-sample-files): look at the file, then compute the digest, e.g. aws s3 cp s3://… - | sha256sum."
  }

  validation {
    condition     = var.dataset == null ? true : length(var.dataset.prefixes) >= 1
    error_message = "dataset.prefixes must have at least 1 prefix."
  }

  validation {
    condition     = var.dataset == null ? true : length(var.dataset.prefixes) <= 100
    error_message = "dataset.prefixes must have at most 100 prefixes."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : alltrue([
        for text in var.dataset.prefixes :
        can(regex("^([^/ \\t*?$]([^/*?$]*[^/ \\t*?$])?[/])+$", text))
      ])
    )
    error_message = "dataset.prefixes must be prefixes that end with a slash and do not begin with one, without blanks around names and without * ? $, which mean something else in the IAM policy of the loader's role."
  }

  validation {
    condition     = var.dataset == null ? true : length(distinct(var.dataset.prefixes)) == length(var.dataset.prefixes)
    error_message = "dataset.prefixes must not name a prefix twice."
  }

  validation {
    condition     = var.dataset == null ? true : (var.dataset.source.s3 == null) != (var.dataset.source.url == null)
    error_message = "dataset.source must have exactly one of s3 and url."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.s3 == null
      || can(regex("^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$", var.dataset.source.s3.bucket))
    )
    error_message = "dataset.source.s3.bucket must be the name of a bucket, without s3:// and prefix."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.s3 == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.dataset.source.s3.key))
    )
    error_message = "dataset.source.s3.key must not be empty, or begin or end with a blank."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.s3 == null || can(regex("^[^*?$]*$", var.dataset.source.s3.key))
    )
    error_message = "dataset.source.s3.key must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.url == null
      || can(regex("^https:[/][/][^ \\t\\r\\n/]+[/][^ \\t\\r\\n]+$", var.dataset.source.url))
    )
    error_message = "dataset.source.url must begin with https:// and a host, and have a path without blanks."
  }

  validation {
    condition     = var.dataset == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.dataset.source.file))
    error_message = "dataset.source.file must not be empty, or begin or end with a blank."
  }

  validation {
    condition     = var.dataset == null || can(regex("^[^/]+$", var.dataset.source.file))
    error_message = "dataset.source.file must be a file name without a slash."
  }

  validation {
    condition     = var.dataset == null || can(regex("^[^*?$]*$", var.dataset.source.file))
    error_message = "dataset.source.file must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.dataset.source.kms_key.arn))
    )
    error_message = "dataset.source.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.sha256 == null || can(regex("^[0-9a-fA-F]{64}$", var.dataset.sha256))
    )
    error_message = "dataset.sha256 must be 64 hexadecimal digits, as sha256sum prints them."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.subnet_ids) >= 1
    )
    error_message = "dataset.vpc.subnet_ids must have at least 1 subnet."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(distinct(var.dataset.vpc.subnet_ids)) == length(var.dataset.vpc.subnet_ids)
    )
    error_message = "dataset.vpc.subnet_ids must not have the same subnet twice."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.subnet_ids) <= 16
    )
    error_message = "dataset.vpc.subnet_ids must have at most 16 subnets, the limit of SageMaker and Lambda."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : alltrue([for entry in var.dataset.vpc.subnet_ids : can(regex("^subnet-[0-9a-f]+$", entry))])
    )
    error_message = format(
      "dataset.vpc.subnet_ids: must be the id of a subnet, subnet-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.dataset.vpc.subnet_ids, {}) : key
        if !can(regex("^subnet-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.security_group_ids) >= 1
    )
    error_message = "dataset.vpc.security_group_ids must have at least 1 security group."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(distinct(var.dataset.vpc.security_group_ids)) == length(var.dataset.vpc.security_group_ids)
    )
    error_message = "dataset.vpc.security_group_ids must not have the same security group twice."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.security_group_ids) <= 5
    )
    error_message = "dataset.vpc.security_group_ids must have at most 5 security groups, the limit of SageMaker and Lambda."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : alltrue([
        for entry in var.dataset.vpc.security_group_ids : can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
    error_message = format(
      "dataset.vpc.security_group_ids: must be the id of a security group, sg-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.dataset.vpc.security_group_ids, {}) : key
        if !can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : contains(
        [
          1,
          3,
          5,
          7,
          14,
          30,
          60,
          90,
          120,
          150,
          180,
          365,
          400,
          545,
          731,
          1096,
          1827,
          2192,
          2557,
          2922,
          3288,
          3653,
        ],
        var.dataset.logs.retention_days
      )
    )
    error_message = "dataset.logs.retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.logs.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.dataset.logs.kms_key.arn))
    )
    error_message = "dataset.logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}
