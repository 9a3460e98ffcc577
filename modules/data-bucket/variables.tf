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
  description = "Tags of every resource that can carry some. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.tags) :
      can(regex("^[\\p{L}\\p{N}_.:/=+@-]([\\p{L}\\p{N} _.:/=+@-]{0,126}[\\p{L}\\p{N}_.:/=+@-])?$", key))
    ])
    error_message = "tags must have keys of 1 to 128 letters, digits, blanks inside and _ . : / = + - @."
  }

  validation {
    condition     = !anytrue([for key in keys(var.tags) : startswith(lower(key), "aws:")])
    error_message = "tags must not have keys that begin with aws:, which are AWS's own."
  }

  validation {
    condition = alltrue([
      for text in var.tags :
      can(regex("^([\\p{L}\\p{N}_.:/=+@-]([\\p{L}\\p{N} _.:/=+@-]{0,254}[\\p{L}\\p{N}_.:/=+@-])?)?$", text))
    ])
    error_message = "tags must have values of at most 256 letters, digits, blanks inside and _ . : / = + - @."
  }

  validation {
    condition     = length(var.tags) <= 48
    error_message = "tags must name at most 48 tags."
  }
}

variable "permissions_boundary" {
  description = "Managed policy that caps the roles made here. Default: none."
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
  description = "IAM path of the roles made here; begins and ends with a slash."
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
  description = "Customer-managed key to encrypt with. Its policy must let the account's IAM policies decide: the loader's role, and the role of the S3 Access Grants location, use it through S3. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.kms_key.arn))
    )
    error_message = "kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "expire_noncurrent_versions" {
  description = "Deletes versions this many days after they were replaced or deleted. Default: never."
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
  description = "Logs who asks for which object, in another bucket (S3 server access logs). Default: no access logs; CloudTrail's data events say the same and more, where they are on."
  type = object({
    # Name of another bucket of this account and Region, which takes the logs below `<name of the
    # bucket that is logged>/`. Its policy must let `logging.s3.amazonaws.com` put objects there.
    bucket = string
  })
  default = null

  validation {
    condition     = var.access_logs == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.access_logs.bucket))
    error_message = "access_logs.bucket must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "policy_documents" {
  description = "Further policy documents for the bucket, as JSON (`data.aws_iam_policy_document.<name>.json`), by a key of your choice that does not change later. The bucket's own statements stay, whatever these say. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.policy_documents) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "policy_documents must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
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
  description = "Denies reading, writing and deleting objects to everyone but these roles, AWS services, the dataset loader and, in studio-access, the role of the S3 Access Grants location. Who may change the bucket, its policy or its lifecycle rules still may. Default: IAM policies decide."
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
    error_message = "objects_only_for.roles must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = var.objects_only_for == null ? true : length(var.objects_only_for.roles) <= 100
    error_message = "objects_only_for.roles must name at most 100 roles: a bucket's policy holds 20 KB."
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
  description = "Lets destroy delete the bucket with everything in it, all versions. Not in production."
  type        = bool
  default     = false
  nullable    = false
}

variable "dataset" {
  description = "A data set to load at deployment, and again when its source, its prefixes or the function change. Default: none; the bucket is empty and no function is made."
  type = object({
    # Where to put it: 1 to 100 prefixes that end with a slash. One that is taken off keeps its
    # copy.
    prefixes = list(string)
    # What to load. Default: the Abalone data set that AWS publishes for SageMaker's samples (4,177
    # lines, us-east-1).
    source = optional(object({
      # An object in any bucket and Region that the loader may read.
      s3 = optional(object({
        bucket = string
        key    = string
      }))
      # A URL that begins with `https://`.
      url = optional(string)
      # Name of the file below each prefix.
      file = string
      # Customer-managed key that the object in `s3` is encrypted with. Default: none.
      kms_key = optional(object({ arn = string }))
    }), { s3 = { bucket = "sagemaker-sample-files", key = "datasets/tabular/uci_abalone/abalone.csv" }, file = "abalone.csv" })
    # SHA-256 of the source, in hexadecimal; anything else is then refused, and a source whose
    # copies are in place is not read. It must be given for a URL, for AWS's samples, and for an
    # object in a bucket of another account, which the loader refuses without. Default: whatever is
    # in `source.s3`, in a bucket of this account.
    sha256 = optional(string)
    # Network of the function. It needs a way to the source and to S3. Default: none of yours.
    vpc = optional(object({
      # Subnets of the function's network interfaces, best in two or more Availability Zones.
      subnet_ids = list(string)
      # Security groups of the network interfaces.
      security_group_ids = list(string)
    }))
    # The function's log group. Default: kept for a year, encrypted by CloudWatch Logs itself.
    logs = optional(object({
      # Days that log events are kept: one of the periods of CloudWatch Logs.
      retention_days = optional(number, 365)
      # Customer-managed key of the log group. Default: encrypted by CloudWatch Logs itself.
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
    error_message = "dataset must have a sha256 where anybody can read the source, a URL or an object in sagemaker-sample-files: compute it of what you have looked at, e.g. aws s3 cp s3://… - | sha256sum."
  }

  validation {
    condition     = var.dataset == null ? true : length(var.dataset.prefixes) >= 1
    error_message = "dataset.prefixes must name at least 1 prefix."
  }

  validation {
    condition     = var.dataset == null ? true : length(var.dataset.prefixes) <= 100
    error_message = "dataset.prefixes must name at most 100 prefixes."
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
    error_message = "dataset.prefixes must name prefixes that end with a slash, do not begin with one, and have no blanks around their names and no * ? and $, which the policy of the loader's role would not take as they are."
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
    error_message = "dataset.source.s3.key must have no * ? and $, which the policy of the loader's role would not take as they are."
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
    error_message = "dataset.source.file must have no * ? and $, which the policy of the loader's role would not take as they are."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.source.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.dataset.source.kms_key.arn))
    )
    error_message = "dataset.source.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
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
    error_message = "dataset.vpc.subnet_ids must name at least 1 subnet."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(distinct(var.dataset.vpc.subnet_ids)) == length(var.dataset.vpc.subnet_ids)
    )
    error_message = "dataset.vpc.subnet_ids must not name a subnet twice."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.subnet_ids) <= 16
    )
    error_message = "dataset.vpc.subnet_ids must name at most 16 subnets, as SageMaker and Lambda have it."
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
    error_message = "dataset.vpc.security_group_ids must name at least 1 security group."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(distinct(var.dataset.vpc.security_group_ids)) == length(var.dataset.vpc.security_group_ids)
    )
    error_message = "dataset.vpc.security_group_ids must not name a security group twice."
  }

  validation {
    condition = (
      var.dataset == null
      ? true
      : var.dataset.vpc == null
      ? true
      : length(var.dataset.vpc.security_group_ids) <= 5
    )
    error_message = "dataset.vpc.security_group_ids must name at most 5 security groups, as SageMaker and Lambda have it."
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
    error_message = "dataset.logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}
