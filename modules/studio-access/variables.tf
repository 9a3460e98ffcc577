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

variable "domain_name" {
  description = "Name of the SageMaker domain: 1 to 63 letters, digits and hyphens. Default: `name`."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null || can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", var.domain_name))
    error_message = "domain_name must be 1 to 63 letters, digits and hyphens."
  }
}

variable "auth_mode" {
  description = "How people sign in to Studio: `IAM`, by a presigned URL, or `SSO`, by IAM Identity Center."
  type        = string
  default     = "IAM"
  nullable    = false

  validation {
    condition     = contains(["IAM", "SSO"], var.auth_mode)
    error_message = "auth_mode must be one of IAM, SSO."
  }
}

variable "studio_key" {
  description = "Customer-managed key that encrypts Studio's volumes and its home file system. Default: a key that AWS manages."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.studio_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.studio_key.arn))
    )
    error_message = "studio_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "home_file_system" {
  description = "Whether the home directories are deleted together with the domain: `Delete` or `Retain`. With `Retain` the VPC cannot be deleted either, because the file system keeps its mount targets there."
  type        = string
  default     = "Delete"
  nullable    = false

  validation {
    condition     = contains(["Delete", "Retain"], var.home_file_system)
    error_message = "home_file_system must be one of Delete, Retain."
  }
}

variable "image_registries" {
  description = "Accounts from whose ECR registries jobs may run container images, in addition to this account. Default: the AWS account that publishes the SageMaker Spark images in this Region."
  type = object({
    # Ids of the accounts that own the registries. Those of AWS are listed in SageMaker's
    # documentation, "Docker Registry Paths".
    account_ids = list(string)
  })
  default = null

  validation {
    condition     = var.image_registries == null ? true : length(var.image_registries.account_ids) >= 1
    error_message = "image_registries.account_ids must have at least 1 account."
  }

  validation {
    condition = (
      var.image_registries == null
      ? true
      : length(distinct(var.image_registries.account_ids)) == length(var.image_registries.account_ids)
    )
    error_message = "image_registries.account_ids must not have the same account twice."
  }

  validation {
    condition     = var.image_registries == null ? true : length(var.image_registries.account_ids) <= 20
    error_message = "image_registries.account_ids must have at most 20 accounts: a role's policies hold 10,240 characters."
  }

  validation {
    condition = (
      var.image_registries == null
      ? true
      : alltrue([for entry in var.image_registries.account_ids : can(regex("^[0-9]{12}$", entry))])
    )
    error_message = format(
      "image_registries.account_ids: must be the 12 digits of an AWS account; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.image_registries.account_ids, {}) : key
        if !can(regex("^[0-9]{12}$", entry))
      ])
    )
  }
}

variable "shared_access_grants_instances" {
  description = "S3 Access Grants instances of other accounts that are shared with this account and that the profiles' roles may ask for credentials too (GetDataAccess with `InstanceScope` `ALL`), by a key of your choice that does not change later. Default: none."
  type        = map(object({ arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.shared_access_grants_instances) :
      can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "shared_access_grants_instances must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(var.shared_access_grants_instances) <= 20
    error_message = "shared_access_grants_instances must have at most 20 instances: a role's policies hold 10,240 characters."
  }

  validation {
    condition = alltrue([
      for entry in var.shared_access_grants_instances :
      can(regex("^arn:[a-z0-9-]+:s3:[a-z0-9-]+:[0-9]{12}:access-grants[/]default$", entry.arn))
    ])
    error_message = format(
      "shared_access_grants_instances: arn must be the ARN of an S3 Access Grants instance (…:access-grants/default); entries that break this: %s.",
      join(", ", [
        for key, entry in var.shared_access_grants_instances : key
        if !can(regex("^arn:[a-z0-9-]+:s3:[a-z0-9-]+:[0-9]{12}:access-grants[/]default$", entry.arn))
      ])
    )
  }
}

variable "role_prefix" {
  description = "Prefix of the profiles' role names: `<role_prefix>-<profile in lower case>-role`. A role's name must be unique in the account, so two deployments need two prefixes. Default: `name`."
  type        = string
  default     = null

  validation {
    condition     = var.role_prefix == null || can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,26}$", var.role_prefix))
    error_message = "role_prefix must be 1 to 27 letters, digits, _ and -."
  }
}

variable "max_session_duration" {
  description = "Longest session of a profile's role, in seconds: 3,600 to 43,200."
  type        = number
  default     = 43200
  nullable    = false

  validation {
    condition = (
      var.max_session_duration >= 3600
      && var.max_session_duration <= 43200
      && floor(var.max_session_duration) == var.max_session_duration
    )
    error_message = "max_session_duration must be a whole number of seconds from 3600 to 43200."
  }
}

variable "scratch_days" {
  description = "Days that SageMaker's own files (job scripts, Spark event logs) are kept in the scratch bucket: 1 to 36,500."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.scratch_days >= 1 && var.scratch_days <= 36500 && floor(var.scratch_days) == var.scratch_days
    error_message = "scratch_days must be a whole number of days from 1 to 36500."
  }
}

variable "scratch_key" {
  description = "Customer-managed key that encrypts the scratch bucket. Its key policy must leave the decision to IAM policies of the account, because the profiles' roles use the key through S3. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.scratch_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.scratch_key.arn))
    )
    error_message = "scratch_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "access_logs" {
  description = "S3 server access logs of the buckets created here: writes who asked for which object into another bucket. Default: no access logs; CloudTrail data events, where you have them on, record the same and more."
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

variable "delete_objects_with_bucket" {
  description = "Lets `destroy` delete the buckets together with all objects and versions in them. Not for production."
  type        = bool
  default     = false
  nullable    = false
}

variable "network" {
  description = "The network of Studio and its jobs: either `existing` or `create`."
  type = object({
    existing = optional(object({
      # Id of the VPC.
      vpc_id = string
      # Ids of the private subnets.
      subnet_ids = list(string)
      # Ids of the security groups of Studio and its jobs. They must allow traffic among one
      # another, and TLS out to AWS.
      security_group_ids = list(string)
    }))
    create = optional(object({
      # IPv4 CIDR of the VPC, from /16 to /28.
      vpc_cidr = string
      # Private subnets, for Studio, its jobs and its file system: a CIDR inside the VPC by
      # Availability Zone, e.g. `{ "us-east-1a": "10.0.1.0/24" }`.
      private_subnets = map(string)
      # Public subnets, for NAT gateways: a CIDR inside the VPC by Availability Zone. Default: none,
      # and no internet gateway.
      public_subnets = optional(map(string), {})
      # NAT gateways, by the Availability Zone of the public subnet that each is in, e.g. `{
      # "us-east-1a": {} }`. A private subnet uses the gateway of its own zone, or, where there is
      # none, that of the alphabetically first zone that has one. Default: none: private subnets
      # reach S3 and `interface_endpoints`, and nothing else.
      nat_gateways = optional(map(object({
        # Existing Elastic IP of the gateway, e.g. one that is on somebody's allow list. Default: an
        # Elastic IP created here.
        elastic_ip = optional(object({ allocation_id = string }))
      })), {})
      # `{}` makes the interface endpoints that Studio and its jobs need without a NAT gateway: the
      # SageMaker API and runtime, Studio itself, STS, CloudWatch Logs and ECR. S3 has a gateway
      # endpoint in any case. Package registries cannot be reached this way. Default: none.
      studio_endpoints = optional(object({}))
      # Interface endpoints, for AWS services to reach without the internet, by a key of your choice
      # that does not change later: `{ sagemaker = { service = "sagemaker.api" } }`. One for `s3`
      # serves clients outside the VPC, e.g. on premises: inside the VPC, S3 is reached by the
      # gateway endpoint. Default: none.
      interface_endpoints = optional(map(object({
        # The part of the service's name after `com.amazonaws.<region>.`, e.g. `sagemaker.api`; or
        # the whole name where it begins otherwise: `aws.sagemaker.us-east-1.studio`,
        # `cn.com.amazonaws.cn-north-1.sts`.
        service = string
      })), {})
      # Names of public buckets of other accounts whose objects may be read through the endpoints to
      # S3, also without credentials of this account, by a key of your choice that does not change
      # later. ECR's bucket with the layers of images is always allowed. Default: none.
      public_buckets = optional(map(string), {})
      # Ids of other accounts whose S3 Access Grants give this account's people access to data
      # there, by a key of your choice that does not change later. Through the endpoints to S3,
      # credentials of such an account then reach buckets of these accounts. Default: none;
      # credentials of other accounts do not work through the endpoints.
      trusted_accounts = optional(map(string), {})
      # VPC flow logs: records all connections in CloudWatch Logs. Default: no flow logs.
      flow_logs = optional(object({
        # Days that log events are kept: a number that CloudWatch Logs accepts, e.g. 30, 90, 365 or
        # 731.
        retention_days = optional(number, 365)
        # Customer-managed key that encrypts the log group. Default: encrypted by CloudWatch Logs
        # itself.
        kms_key = optional(object({ arn = string }))
      }))
    }))
  })
  nullable = false

  validation {
    condition     = (var.network.existing == null) != (var.network.create == null)
    error_message = "network must have exactly one of existing and create."
  }

  validation {
    condition     = var.network.existing == null || can(regex("^vpc-[0-9a-f]+$", var.network.existing.vpc_id))
    error_message = "network.existing.vpc_id must be the id of a VPC, vpc-…."
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.subnet_ids) >= 1
    error_message = "network.existing.subnet_ids must have at least 1 subnet."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : length(distinct(var.network.existing.subnet_ids)) == length(var.network.existing.subnet_ids)
    )
    error_message = "network.existing.subnet_ids must not have the same subnet twice."
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.subnet_ids) <= 16
    error_message = "network.existing.subnet_ids must have at most 16 subnets, the limit of SageMaker and Lambda."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : alltrue([
        for entry in var.network.existing.subnet_ids : can(regex("^subnet-[0-9a-f]+$", entry))
      ])
    )
    error_message = format(
      "network.existing.subnet_ids: must be the id of a subnet, subnet-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.existing.subnet_ids, {}) : key
        if !can(regex("^subnet-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.security_group_ids) >= 1
    error_message = "network.existing.security_group_ids must have at least 1 security group."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : length(distinct(var.network.existing.security_group_ids)) == length(
        var.network.existing.security_group_ids
      )
    )
    error_message = "network.existing.security_group_ids must not have the same security group twice."
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.security_group_ids) <= 5
    error_message = "network.existing.security_group_ids must have at most 5 security groups, the limit of SageMaker and Lambda."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : alltrue([
        for entry in var.network.existing.security_group_ids : can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
    error_message = format(
      "network.existing.security_group_ids: must be the id of a security group, sg-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.existing.security_group_ids, {}) : key
        if !can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : length([
        for cidr in concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)) :
        cidr
        if !try(
          split("/", cidr)[1] >= split("/", var.network.create.vpc_cidr)[1]
          && cidrhost("${split("/", cidr)[0]}/${split("/", var.network.create.vpc_cidr)[1]}", 0) == cidrhost(var.network.create.vpc_cidr, 0),
          true
        )
      ]) == 0
    )
    error_message = format(
      "network.create.vpc_cidr must contain every subnet: take a larger CIDR, or move the subnet; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for cidr in concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)) :
            cidr
            if !try(
              split("/", cidr)[1] >= split("/", var.network.create.vpc_cidr)[1]
              && cidrhost("${split("/", cidr)[0]}/${split("/", var.network.create.vpc_cidr)[1]}", 0) == cidrhost(var.network.create.vpc_cidr, 0),
              true
            )
          ],
          []
        )
      )
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : length([
        for i, cidr in concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)) :
        cidr
        if anytrue([
          for other in slice(concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)), 0, i) :
          try(
            cidrhost("${split("/", cidr)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0) == cidrhost("${split("/", other)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0),
            false
          )
        ])
      ]) == 0
    )
    error_message = format(
      "network.create.private_subnets must not overlap one another or public_subnets: give each subnet addresses of its own; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for i, cidr in concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)) :
            cidr
            if anytrue([
              for other in slice(concat(values(var.network.create.private_subnets), values(var.network.create.public_subnets)), 0, i) :
              try(
                cidrhost("${split("/", cidr)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0) == cidrhost("${split("/", other)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0),
                false
              )
            ])
          ],
          []
        )
      )
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : length(setsubtract(keys(var.network.create.nat_gateways), keys(var.network.create.public_subnets))) == 0
    )
    error_message = format(
      "network.create.nat_gateways each must have the zone of a public subnet as its key: give public_subnets a CIDR for that zone; entries that break this: %s.",
      join(
        ", ",
        try(setsubtract(keys(var.network.create.nat_gateways), keys(var.network.create.public_subnets)), [])
      )
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : length([
        for key, endpoint in var.network.create.interface_endpoints : "${key} (${endpoint.service})"
        if var.network.create.studio_endpoints != null
        && can(regex(
          "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
          endpoint.service
        ))
      ]) == 0
    )
    error_message = format(
      "network.create.interface_endpoints must not be a service that studio_endpoints makes an endpoint for already, because two endpoints of one VPC cannot have the same private DNS name: leave it out; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, endpoint in var.network.create.interface_endpoints :
            "${key} (${endpoint.service})"
            if var.network.create.studio_endpoints != null
            && can(regex(
              "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
              endpoint.service
            ))
          ],
          []
        )
      )
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : can(regex("/(1[6-9]|2[0-8])$", var.network.create.vpc_cidr))
      && try(cidrsubnet(var.network.create.vpc_cidr, 0, 0) == var.network.create.vpc_cidr, false)
    )
    error_message = "network.create.vpc_cidr must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for key in keys(var.network.create.private_subnets) :
        can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
      ])
    )
    error_message = "network.create.private_subnets must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition     = var.network.create == null ? true : length(var.network.create.private_subnets) >= 1
    error_message = "network.create.private_subnets must have at least 1 subnet."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for entry in var.network.create.private_subnets :
        can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false)
      ])
    )
    error_message = format(
      "network.create.private_subnets: must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.private_subnets, {}) : key
        if !(can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false))
      ])
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for key in keys(var.network.create.public_subnets) :
        can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
      ])
    )
    error_message = "network.create.public_subnets must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for entry in var.network.create.public_subnets :
        can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false)
      ])
    )
    error_message = format(
      "network.create.public_subnets: must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.public_subnets, {}) : key
        if !(can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false))
      ])
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for key in keys(var.network.create.nat_gateways) :
        can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
      ])
    )
    error_message = "network.create.nat_gateways must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for entry in var.network.create.nat_gateways :
        entry.elastic_ip == null
        || can(regex("^eipalloc-[0-9a-f]+$", entry.elastic_ip.allocation_id))
      ])
    )
    error_message = format(
      "network.create.nat_gateways: elastic_ip.allocation_id must be the id of an Elastic IP, eipalloc-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.nat_gateways, {}) : key
        if entry.elastic_ip != null
        && !can(regex("^eipalloc-[0-9a-f]+$", entry.elastic_ip.allocation_id))
      ])
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for key in keys(var.network.create.interface_endpoints) :
        can(regex("^[a-z][a-z0-9_-]{0,31}$", key))
      ])
    )
    error_message = "network.create.interface_endpoints must have keys of lower-case letters, digits, _ and -."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for entry in var.network.create.interface_endpoints :
        can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
      ])
    )
    error_message = format(
      "network.create.interface_endpoints: service must be the name of an endpoint service: the part after com.amazonaws.<region>., e.g. sagemaker.api, or the whole name, e.g. aws.sagemaker.us-east-1.studio; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.interface_endpoints, {}) : key
        if !can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
      ])
    )
  }

  validation {
    condition     = var.network.create == null ? true : length(var.network.create.public_buckets) <= 100
    error_message = "network.create.public_buckets must have at most 100 buckets: an endpoint's policy holds 20 KB."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for key in keys(var.network.create.trusted_accounts) :
        can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
      ])
    )
    error_message = "network.create.trusted_accounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : alltrue([
        for entry in var.network.create.trusted_accounts : can(regex("^[0-9]{12}$", entry))
      ])
    )
    error_message = format(
      "network.create.trusted_accounts: must be the 12 digits of an AWS account; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.trusted_accounts, {}) : key
        if !can(regex("^[0-9]{12}$", entry))
      ])
    )
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : var.network.create.flow_logs == null
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
        var.network.create.flow_logs.retention_days
      )
    )
    error_message = "network.create.flow_logs.retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : var.network.create.flow_logs == null
      ? true
      : var.network.create.flow_logs.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.network.create.flow_logs.kms_key.arn))
    )
    error_message = "network.create.flow_logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "existing_bucket" {
  description = "An existing data bucket in this account and Region. Its settings and policies are not changed: the output `owner_statements` has what its owner may have to add. Default: a bucket created here."
  type        = object({ bucket_name = string })
  default     = null

  validation {
    condition = (
      var.existing_bucket == null
      || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.existing_bucket.bucket_name))
    )
    error_message = "existing_bucket.bucket_name must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }

  validation {
    condition = (
      var.existing_bucket == null
      || (
        var.bucket_name == null
        && var.dataset == null
        && var.expire_noncurrent_versions == null
        && var.objects_only_for == null
        && length(var.policy_documents) == 0
      )
    )
    error_message = "existing_bucket: must not be given together with bucket_name, dataset, expire_noncurrent_versions, objects_only_for, policy_documents: an existing bucket is left as it is, so leave these out."
  }
}

variable "existing_location" {
  description = "The S3 Access Grants location that covers `existing_bucket` already, by its id (`access_grants_location_id`). Default: the bucket is registered here, as a new location."
  type        = object({ id = string })
  default     = null

  validation {
    condition = (
      var.existing_location == null
      || can(regex("^(default|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", var.existing_location.id))
    )
    error_message = "existing_location.id must be the id of a location: default, or a UUID."
  }

  validation {
    condition     = var.existing_location == null || var.existing_bucket != null
    error_message = "existing_location: must be given together with existing_bucket: a bucket that is created here is not registered yet."
  }
}

variable "bucket_name" {
  description = "Name of the data bucket, unique in all of AWS: 3 to 63 lower-case letters, digits, dots and hyphens. Default: `<name>-data-<account>`."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "data_key" {
  description = "Customer-managed key that encrypts the data bucket. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.data_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.data_key.arn))
    )
    error_message = "data_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "expire_noncurrent_versions" {
  description = "Deletes noncurrent versions of the data this many days after they were replaced or deleted. Default: noncurrent versions are kept forever."
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

variable "dataset" {
  description = "A data set to load into prefixes of the bucket by an apply. Default: none."
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

variable "existing_instance" {
  description = "The S3 Access Grants instance of this account and Region, if there is one already. AWS allows only one. Default: an instance created here."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.existing_instance == null
      || can(regex("^arn:[a-z0-9-]+:s3:[a-z0-9-]+:[0-9]{12}:access-grants[/]default$", var.existing_instance.arn))
    )
    error_message = "existing_instance.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)."
  }
}

variable "identity_center" {
  description = "IAM Identity Center instance whose users and groups can be among `other_grantees`. An S3 Access Grants instance created here is associated with it; an `existing_instance` must be associated with it already. To let people sign in to Studio through it, set `auth_mode` to SSO and each persona's `single_sign_on`. Default: only IAM principals can be grantees."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.identity_center == null
      || can(regex("^arn:[a-z0-9-]+:sso:::instance[/].+$", var.identity_center.arn))
    )
    error_message = "identity_center.arn must be the ARN of an IAM Identity Center instance (arn:partition:sso:::instance/ssoins-…)."
  }
}

variable "personas" {
  description = "People who work in Studio, each with their grants, by the name of their user profile, e.g. `userA`. The names of a person's jobs must begin with that name and a hyphen (`userA-…`)."
  type = map(object({
    # Existing execution role of the profile. Its trust policy and permissions are yours to set.
    # Default: a role created here, which reaches data through S3 Access Grants only.
    role = optional(object({ arn = string }))
    # The person's user in IAM Identity Center. Required when `auth_mode` is `SSO`, refused
    # otherwise. Default: none.
    single_sign_on = optional(object({ user_name = string }))
    # A private JupyterLab space to make for the person. Default: none; the person can make one in
    # Studio.
    space = optional(object({
      # Instance type that the space runs on.
      instance_type = optional(string, "ml.t3.medium")
      # Size of the space's EBS volume in GB: 5 to 16,384.
      volume_size_in_gb = optional(number, 5)
    }))
    # Whether the person's folder on the domain's home file system is mounted in their private
    # spaces: `Enabled` or `Disabled`. Each space has a volume of its own either way.
    auto_mount_home_efs = optional(string, "Disabled")
    # The grants of this persona in the data bucket, by a key of your choice that does not change
    # later, e.g. `Product`.
    grants = map(object({
      # The part of the location that is granted, relative to its scope: `Product/*` is a prefix,
      # `*` is everything, `Product/abalone.csv` with `prefix_type` `Object` is one object. In the
      # location `s3://` it begins with a bucket: `my-bucket/Product/*`.
      sub_prefix = string
      # What the grantee may do there: `READ`, `WRITE` or `READWRITE`.
      permission = string
      # `Object` if `sub_prefix` is the key of one object. Default: `sub_prefix` is a prefix.
      prefix_type = optional(string)
      # Allows a `sub_prefix` that ends inside a name, e.g. `logs/2026-*`. It grants everything that
      # begins with `logs/2026-`.
      matches_siblings = optional(bool, false)
    }))
  }))
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.personas) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,30}$", key))
    ])
    error_message = "personas must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles."
  }

  validation {
    condition     = length(var.personas) <= 1000
    error_message = "personas must have at most 1000 people: an account has 1,000 roles by default, so put the rest into another account."
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.role == null || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
    ])
    error_message = format(
      "personas: role.arn must be the ARN of a role (arn:partition:iam::account:role/…); entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.role != null
        && !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.single_sign_on == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.single_sign_on.user_name))
    ])
    error_message = format(
      "personas: single_sign_on.user_name must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.single_sign_on != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.single_sign_on.user_name))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.space == null || can(regex("^ml[.][a-z0-9-]+[.][a-z0-9]+$", entry.space.instance_type))
    ])
    error_message = format(
      "personas: space.instance_type must be a SageMaker instance type, e.g. ml.t3.medium; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.space != null
        && !can(regex("^ml[.][a-z0-9-]+[.][a-z0-9]+$", entry.space.instance_type))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.space == null
      ? true
      : entry.space.volume_size_in_gb >= 5
      && entry.space.volume_size_in_gb <= 16384
      && floor(entry.space.volume_size_in_gb) == entry.space.volume_size_in_gb
    ])
    error_message = format(
      "personas: space.volume_size_in_gb must be a whole number of GB from 5 to 16384; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.space == null
        ? false
        : !(
          entry.space.volume_size_in_gb >= 5
          && entry.space.volume_size_in_gb <= 16384
          && floor(entry.space.volume_size_in_gb) == entry.space.volume_size_in_gb
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : contains(["Enabled", "Disabled"], entry.auto_mount_home_efs)
    ])
    error_message = format(
      "personas: auto_mount_home_efs must be one of Enabled, Disabled; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !contains(["Enabled", "Disabled"], entry.auto_mount_home_efs)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for key in keys(entry.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
      ])
    ])
    error_message = format(
      "personas: grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !alltrue([
          for key in keys(entry.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      length(distinct([for grant in entry.grants : jsonencode([grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
    ])
    error_message = format(
      "personas: grants must not have two grants with the same sub_prefix, permission, prefix_type: leave one out; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !(
          length(distinct([for grant in entry.grants : jsonencode([grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants :
        length(item.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", item.sub_prefix))
      ])
    ])
    error_message = format(
      "personas: grants must have a sub_prefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants :
          !(length(item.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants :
        !can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", item.sub_prefix))
      ])
    ])
    error_message = format(
      "personas: grants must have a sub_prefix without blanks around the names in it and without empty names (//); entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants :
          !(!can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants : !can(regex("[*].", item.sub_prefix))
      ])
    ])
    error_message = format(
      "personas: grants must not have a * before the end of its sub_prefix: there S3 Access Grants takes it as a character of a name; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([for item in entry.grants : !(!can(regex("[*].", item.sub_prefix)))])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants :
        item.prefix_type == "Object"
        || can(regex("(^|/)[*]$", item.sub_prefix))
        || (item.matches_siblings && endswith(item.sub_prefix, "*"))
      ])
    ])
    error_message = format(
      "personas: grants must have a sub_prefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matches_siblings; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants :
          !(
            item.prefix_type == "Object"
            || can(regex("(^|/)[*]$", item.sub_prefix))
            || (item.matches_siblings && endswith(item.sub_prefix, "*"))
          )
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants :
        item.prefix_type == null || !can(regex("[*]|/$", item.sub_prefix))
      ])
    ])
    error_message = format(
      "personas: grants must have a sub_prefix that is one object's key if prefix_type is Object: without * and without a slash at the end; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants :
          !(item.prefix_type == null || !can(regex("[*]|/$", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants : contains(["READ", "WRITE", "READWRITE"], item.permission)
      ])
    ])
    error_message = format(
      "personas: grants.permission must be one of READ, WRITE, READWRITE; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants : !contains(["READ", "WRITE", "READWRITE"], item.permission)
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas : alltrue([
        for item in entry.grants :
        item.prefix_type == null ? true : contains(["Object"], item.prefix_type)
      ])
    ])
    error_message = format(
      "personas: grants.prefix_type must be one of Object; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants :
          item.prefix_type == null ? false : !contains(["Object"], item.prefix_type)
        ])
      ])
    )
  }

  validation {
    condition = length(concat(
      [
        for names in values({ for name in keys(var.personas) : lower(name) => name... }) :
        join(" and ", names)
        if length(names) > 1
      ],
      tolist(setintersection(
        [for name in keys(var.personas) : lower(name)],
        flatten([
          for name in [for name in keys(var.personas) : lower(name)] : [
            for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))
          ]
        ])
      ))
    )) == 0
    error_message = format(
      "personas: names must differ in more than case, and none may begin with another name and a hyphen (user and user-a): names of jobs and logs begin with the profile's name and a hyphen, and would be taken for the other's; entries that break this: %s.",
      join(
        ", ",
        try(
          concat(
            [
              for names in values({ for name in keys(var.personas) : lower(name) => name... }) :
              join(" and ", names)
              if length(names) > 1
            ],
            tolist(setintersection(
              [for name in keys(var.personas) : lower(name)],
              flatten([
                for name in [for name in keys(var.personas) : lower(name)] : [
                  for i in range(1, length(split("-", name))) :
                  join("-", slice(split("-", name), 0, i))
                ]
              ])
            ))
          ),
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, profile in var.personas : key
      if profile.role == null && length("${coalesce(var.role_prefix, var.name)}-${key}-role") > 64
    ]) == 0
    error_message = format(
      "personas: each one without a role gets a role named <role prefix>-<key>-role, which must have at most 64 characters: give a shorter role_prefix; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, profile in var.personas : key
            if profile.role == null
            && length("${coalesce(var.role_prefix, var.name)}-${key}-role") > 64
          ],
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, profile in var.personas : key
      if(profile.single_sign_on != null) != (var.auth_mode == "SSO")
    ]) == 0
    error_message = format(
      "personas: each must have single_sign_on if auth_mode is SSO, and must not have it otherwise; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, profile in var.personas : key
            if(profile.single_sign_on != null) != (var.auth_mode == "SSO")
          ],
          []
        )
      )
    )
  }
}

variable "other_grantees" {
  description = "Who else may use the data, without a profile in Studio: IAM roles, and users and groups of `identity_center`, by a key of your choice that does not change later. Default: nobody."
  type = map(object({
    # Who gets the grants.
    grantee = object({
      # `IAM` for an IAM role or user, `DIRECTORY_USER` or `DIRECTORY_GROUP` for a user or group of
      # the associated IAM Identity Center instance. Must be known at plan time.
      type = string
      # ARN of the IAM role or user, including its path; for a directory user or group, its id in
      # the identity store. Default: the id of `group`.
      id = optional(string)
      # The directory group by its display name, in place of `id`. The group's id is looked up when
      # the grants are first made, and again when the name changes. Default: the grantee is given by
      # `id`.
      group = optional(object({
        # Display name of the group in IAM Identity Center.
        display_name = string
        # Id of IAM Identity Center's identity store, e.g. `d-1234567890`.
        identity_store_id = string
      }))
    })
    # The grants in the data bucket, by a key of your choice that does not change later, e.g.
    # `Product`.
    grants = map(object({
      # The part of the location that is granted, relative to its scope: `Product/*` is a prefix,
      # `*` is everything, `Product/abalone.csv` with `prefix_type` `Object` is one object. In the
      # location `s3://` it begins with a bucket: `my-bucket/Product/*`.
      sub_prefix = string
      # What the grantee may do there: `READ`, `WRITE` or `READWRITE`.
      permission = string
      # `Object` if `sub_prefix` is the key of one object. Default: `sub_prefix` is a prefix.
      prefix_type = optional(string)
      # Allows a `sub_prefix` that ends inside a name, e.g. `logs/2026-*`. It grants everything that
      # begins with `logs/2026-`.
      matches_siblings = optional(bool, false)
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.other_grantees) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "other_grantees must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : (entry.grantee.id == null) != (entry.grantee.group == null)
    ])
    error_message = format(
      "other_grantees: grantee must have exactly one of id and group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !((entry.grantee.id == null) != (entry.grantee.group == null))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      entry.grantee.id == null
      || (
        entry.grantee.type == "IAM"
        ? can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\\/.+$", entry.grantee.id))
        : can(regex(
          "^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
          entry.grantee.id
        ))
      )
    ])
    error_message = format(
      "other_grantees: grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !(
          entry.grantee.id == null
          || (
            entry.grantee.type == "IAM"
            ? can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\\/.+$", entry.grantee.id))
            : can(regex(
              "^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
              entry.grantee.id
            ))
          )
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      entry.grantee.group == null || entry.grantee.type == "DIRECTORY_GROUP"
    ])
    error_message = format(
      "other_grantees: grantee must have the type DIRECTORY_GROUP if it has a group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !(entry.grantee.group == null || entry.grantee.type == "DIRECTORY_GROUP")
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      contains(["IAM", "DIRECTORY_USER", "DIRECTORY_GROUP"], entry.grantee.type)
    ])
    error_message = format(
      "other_grantees: grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !contains(["IAM", "DIRECTORY_USER", "DIRECTORY_GROUP"], entry.grantee.type)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      entry.grantee.id == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.id))
    ])
    error_message = format(
      "other_grantees: grantee.id must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if entry.grantee.id != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.id))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      entry.grantee.group == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.group.display_name))
    ])
    error_message = format(
      "other_grantees: grantee.group.display_name must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if entry.grantee.group != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.group.display_name))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      entry.grantee.group == null
      || can(regex(
        "^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        entry.grantee.group.identity_store_id
      ))
    ])
    error_message = format(
      "other_grantees: grantee.group.identity_store_id must be the id of an identity store, e.g. d-1234567890; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if entry.grantee.group != null
        && !can(regex(
          "^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
          entry.grantee.group.identity_store_id
        ))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for key in keys(entry.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
      ])
    ])
    error_message = format(
      "other_grantees: grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !alltrue([
          for key in keys(entry.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees :
      length(distinct([for grant in entry.grants : jsonencode([grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
    ])
    error_message = format(
      "other_grantees: grants must not have two grants with the same sub_prefix, permission, prefix_type: leave one out; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if !(
          length(distinct([for grant in entry.grants : jsonencode([grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants :
        length(item.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", item.sub_prefix))
      ])
    ])
    error_message = format(
      "other_grantees: grants must have a sub_prefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants :
          !(length(item.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants :
        !can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", item.sub_prefix))
      ])
    ])
    error_message = format(
      "other_grantees: grants must have a sub_prefix without blanks around the names in it and without empty names (//); entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants :
          !(!can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants : !can(regex("[*].", item.sub_prefix))
      ])
    ])
    error_message = format(
      "other_grantees: grants must not have a * before the end of its sub_prefix: there S3 Access Grants takes it as a character of a name; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([for item in entry.grants : !(!can(regex("[*].", item.sub_prefix)))])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants :
        item.prefix_type == "Object"
        || can(regex("(^|/)[*]$", item.sub_prefix))
        || (item.matches_siblings && endswith(item.sub_prefix, "*"))
      ])
    ])
    error_message = format(
      "other_grantees: grants must have a sub_prefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matches_siblings; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants :
          !(
            item.prefix_type == "Object"
            || can(regex("(^|/)[*]$", item.sub_prefix))
            || (item.matches_siblings && endswith(item.sub_prefix, "*"))
          )
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants :
        item.prefix_type == null || !can(regex("[*]|/$", item.sub_prefix))
      ])
    ])
    error_message = format(
      "other_grantees: grants must have a sub_prefix that is one object's key if prefix_type is Object: without * and without a slash at the end; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants :
          !(item.prefix_type == null || !can(regex("[*]|/$", item.sub_prefix)))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants : contains(["READ", "WRITE", "READWRITE"], item.permission)
      ])
    ])
    error_message = format(
      "other_grantees: grants.permission must be one of READ, WRITE, READWRITE; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants : !contains(["READ", "WRITE", "READWRITE"], item.permission)
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.other_grantees : alltrue([
        for item in entry.grants :
        item.prefix_type == null ? true : contains(["Object"], item.prefix_type)
      ])
    ])
    error_message = format(
      "other_grantees: grants.prefix_type must be one of Object; entries that break this: %s.",
      join(", ", [
        for key, entry in var.other_grantees : key
        if anytrue([
          for item in entry.grants :
          item.prefix_type == null ? false : !contains(["Object"], item.prefix_type)
        ])
      ])
    )
  }
}
