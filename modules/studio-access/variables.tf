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

variable "domain_name" {
  description = "Name of the SageMaker domain: 1 to 63 letters, digits and hyphens. Default: the name."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null || can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$", var.domain_name))
    error_message = "domain_name must be 1 to 63 letters, digits and hyphens."
  }
}

variable "auth_mode" {
  description = "How people come in: `IAM`, or `SSO` by IAM Identity Center."
  type        = string
  default     = "IAM"
  nullable    = false

  validation {
    condition     = contains(["IAM", "SSO"], var.auth_mode)
    error_message = "auth_mode must be one of IAM, SSO."
  }
}

variable "studio_key" {
  description = "Customer-managed key for Studio's volumes and file system. Default: a key that AWS manages."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.studio_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.studio_key.arn))
    )
    error_message = "studio_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "home_file_system" {
  description = "What becomes of the home directories when the domain is deleted. With `Retain`, the file system's mount targets also keep the VPC from being deleted."
  type        = string
  default     = "Delete"
  nullable    = false

  validation {
    condition     = contains(["Delete", "Retain"], var.home_file_system)
    error_message = "home_file_system must be one of Delete, Retain."
  }
}

variable "image_registries" {
  description = "Accounts whose container images jobs may run, beside this account's own. Default: AWS's account of the SageMaker Spark images in this Region."
  type = object({
    # Ids of the accounts that have the registries: AWS's are in SageMaker's documentation, "Docker
    # Registry Paths".
    account_ids = list(string)
  })
  default = null

  validation {
    condition     = var.image_registries == null ? true : length(var.image_registries.account_ids) >= 1
    error_message = "image_registries.account_ids must name at least 1 account."
  }

  validation {
    condition = (
      var.image_registries == null
      ? true
      : length(distinct(var.image_registries.account_ids)) == length(var.image_registries.account_ids)
    )
    error_message = "image_registries.account_ids must not name a account twice."
  }

  validation {
    condition     = var.image_registries == null ? true : length(var.image_registries.account_ids) <= 20
    error_message = "image_registries.account_ids must name at most 20 accounts: a role's policies hold 10,240 characters."
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
  description = "S3 Access Grants instances of other accounts, shared with this one, that the roles may ask too (GetDataAccess with `InstanceScope` `ALL`), by a key of your choice that does not change later. Default: none."
  type        = map(object({ arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.shared_access_grants_instances) :
      can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "shared_access_grants_instances must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(var.shared_access_grants_instances) <= 20
    error_message = "shared_access_grants_instances must name at most 20 instances: a role's policies hold 10,240 characters."
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
  description = "Names of the roles start with it: `<role_prefix>-<profile in lower case>-role`. Roles are named once in an account. Default: the name."
  type        = string
  default     = null

  validation {
    condition     = var.role_prefix == null || can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,26}$", var.role_prefix))
    error_message = "role_prefix must be 1 to 27 letters, digits, _ and -."
  }
}

variable "max_session_duration" {
  description = "Longest session of a role in seconds: 3,600 to 43,200."
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
  description = "Days that SageMaker's own files (scripts, event logs) are kept in the scratch bucket."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.scratch_days >= 1 && var.scratch_days <= 36500 && floor(var.scratch_days) == var.scratch_days
    error_message = "scratch_days must be a whole number of days from 1 to 36500."
  }
}

variable "scratch_key" {
  description = "Customer-managed key of the scratch bucket. Its policy must let the account's IAM policies decide: people's roles use it through S3. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.scratch_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.scratch_key.arn))
    )
    error_message = "scratch_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "access_logs" {
  description = "Logs who asks for which object of the buckets made here, in another bucket (S3 server access logs). Default: no access logs; CloudTrail's data events say the same and more, where they are on."
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

variable "delete_objects_with_bucket" {
  description = "Lets destroy delete buckets with everything in them, all versions. Not in production."
  type        = bool
  default     = false
  nullable    = false
}

variable "network" {
  description = "The network: exactly one of one that exists, and one to make."
  type = object({
    existing = optional(object({
      # Id of the VPC.
      vpc_id = string
      # Ids of the private subnets.
      subnet_ids = list(string)
      # Ids of the security groups of Studio and its jobs: they must let one another in, and out to
      # AWS with TLS.
      security_group_ids = list(string)
    }))
    create = optional(object({
      # Addresses of the VPC: an IPv4 CIDR from /16 to /28.
      vpc_cidr = string
      # Private subnets, where Studio, its jobs and its file system are: Availability Zone → CIDR
      # inside the VPC.
      private_subnets = map(string)
      # Public subnets, for NAT gateways: Availability Zone → CIDR inside the VPC. Default: none,
      # and no internet gateway.
      public_subnets = optional(map(string), {})
      # NAT gateways, by the Availability Zone of the public subnet that they stand in. One serves
      # all private subnets; with one in each zone, each serves its own. Private subnets without one
      # of their own use that of the first zone. Default: none: private subnets reach S3 and
      # `interface_endpoints`, and nothing else.
      nat_gateways = optional(map(object({
        # Elastic IP to come from, e.g. because others know it. Default: one made here.
        elastic_ip = optional(object({ allocation_id = string }))
      })), {})
      # Interface endpoints for what Studio and its jobs need where there is no NAT gateway: the
      # SageMaker API and runtime, Studio itself, STS, CloudWatch Logs and ECR. S3 has its gateway
      # endpoint. Package registries stay out of reach. Default: none.
      studio_endpoints = optional(object({}))
      # AWS services to reach without the internet, by a key of your choice that does not change
      # later: `{ sagemaker = { service = "sagemaker.api" } }`. `s3` is for whoever comes from
      # outside the VPC: inside it S3 stays with its gateway endpoint. Default: none.
      interface_endpoints = optional(map(object({
        # What follows `com.amazonaws.<region>.` in the service's name; or the whole name, where it
        # begins otherwise: `aws.sagemaker.us-east-1.studio`, `cn.com.amazonaws.cn-north-1.sts`.
        service = string
      })), {})
      # Buckets of others whose objects may be read through the S3 endpoint without this account's
      # credentials, by a name that stays. ECR's, which holds the layers of its images, always may.
      # Default: none.
      public_buckets = optional(map(string), {})
      # Accounts whose data this account's people are granted by S3 Access Grants, by a key of your
      # choice that does not change later: through the S3 endpoint, credentials of such an account
      # reach what is in these accounts. Default: none; credentials of other accounts do not work in
      # the network.
      trusted_accounts = optional(map(string), {})
      # Records who talks to whom in CloudWatch Logs. Default: not recorded.
      flow_logs = optional(object({
        # Days that log events are kept: one of the periods of CloudWatch Logs.
        retention_days = optional(number, 365)
        # Customer-managed key of the log group. Default: encrypted by CloudWatch Logs itself.
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
    error_message = "network.existing.subnet_ids must name at least 1 subnet."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : length(distinct(var.network.existing.subnet_ids)) == length(var.network.existing.subnet_ids)
    )
    error_message = "network.existing.subnet_ids must not name a subnet twice."
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.subnet_ids) <= 16
    error_message = "network.existing.subnet_ids must name at most 16 subnets, as SageMaker and Lambda have it."
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
    error_message = "network.existing.security_group_ids must name at least 1 security group."
  }

  validation {
    condition = (
      var.network.existing == null
      ? true
      : length(distinct(var.network.existing.security_group_ids)) == length(
        var.network.existing.security_group_ids
      )
    )
    error_message = "network.existing.security_group_ids must not name a security group twice."
  }

  validation {
    condition     = var.network.existing == null ? true : length(var.network.existing.security_group_ids) <= 5
    error_message = "network.existing.security_group_ids must name at most 5 security groups, as SageMaker and Lambda have it."
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
      "network.create.vpc_cidr must hold every subnet; entries that break this: %s.",
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
      "network.create.private_subnets must not overlap one another or public_subnets; entries that break this: %s.",
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
      "network.create.nat_gateways each must stand in the zone of a public subnet; entries that break this: %s.",
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
      : var.network.create.studio_endpoints == null
      || !anytrue([
        for endpoint in var.network.create.interface_endpoints :
        can(regex(
          "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
          endpoint.service
        ))
      ])
    )
    error_message = "network.create.interface_endpoints must not name a service that studio_endpoints has already: two endpoints of one VPC cannot have the same private names."
  }

  validation {
    condition = (
      var.network.create == null
      ? true
      : can(regex("/(1[6-9]|2[0-8])$", var.network.create.vpc_cidr))
      && try(cidrsubnet(var.network.create.vpc_cidr, 0, 0) == var.network.create.vpc_cidr, false)
    )
    error_message = "network.create.vpc_cidr must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16."
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
    error_message = "network.create.private_subnets must name at least 1 subnet."
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
      "network.create.private_subnets: must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16; entries that break this: %s.",
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
      "network.create.public_subnets: must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16; entries that break this: %s.",
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
      "network.create.interface_endpoints: service must be an endpoint service: what follows com.amazonaws.<region>., e.g. sagemaker.api, or a whole name, e.g. aws.sagemaker.us-east-1.studio; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.network.create.interface_endpoints, {}) : key
        if !can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
      ])
    )
  }

  validation {
    condition     = var.network.create == null ? true : length(var.network.create.public_buckets) <= 100
    error_message = "network.create.public_buckets must name at most 100 buckets: an endpoint's policy holds 20 KB."
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
    error_message = "network.create.trusted_accounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
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
    error_message = "network.create.flow_logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "existing_bucket" {
  description = "The data bucket, where there is one already, in this account and Region. Nothing is written on it: `owner_statements` says what its owner has to let in. Default: a bucket made here."
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
    error_message = "existing_bucket: what is said of a bucket made here (bucket_name, dataset, expire_noncurrent_versions, objects_only_for, policy_documents) must not be given with it: nothing of it is changed."
  }
}

variable "existing_location" {
  description = "The location of S3 Access Grants that `existing_bucket` is registered as already, by its id (`access_grants_location_id`). Default: a location made here."
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
    error_message = "existing_location: must be given with existing_bucket: only what exists is registered already."
  }
}

variable "bucket_name" {
  description = "Name of the data bucket, unique in all of AWS. Default: `<name>-data-<account>`."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_name == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens."
  }
}

variable "data_key" {
  description = "Customer-managed key of the data bucket. Default: a key that S3 manages (SSE-S3)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.data_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.data_key.arn))
    )
    error_message = "data_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "expire_noncurrent_versions" {
  description = "Deletes versions of data this many days after they were replaced or deleted. Default: never."
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

variable "dataset" {
  description = "A data set to load into prefixes of the bucket at deployment. Default: none."
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

variable "existing_instance" {
  description = "The S3 Access Grants instance of this account and Region, where there is one already. Default: an instance made here."
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
  description = "IAM Identity Center instance whose users and groups can be among `other_grantees`. An instance of S3 Access Grants made here is associated with it; of an existing one it says that it is. People come into Studio by it with `auth_mode` SSO and their `single_sign_on`. Default: only IAM principals can be grantees."
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
  description = "Who works in Studio and what of the bucket they may use, by the name of their user profile, e.g. `userA`. Names of their jobs begin with it and a hyphen (`userA-…`)."
  type = map(object({
    # Role to work with; you see to its trust and permissions. Default: a role made here, without
    # access to data but by S3 Access Grants.
    role = optional(object({ arn = string }))
    # The user in IAM Identity Center, in a domain with `auth_mode: "SSO"`. Default: none.
    single_sign_on = optional(object({ user_name = string }))
    # A private JupyterLab space, so that there is one from the beginning. Default: none; Studio
    # makes one when asked.
    space = optional(object({
      # Instance to run on.
      instance_type = optional(string, "ml.t3.medium")
      # Size of its volume in GB: 5 to 16,384.
      volume_size_in_gb = optional(number, 5)
    }))
    # Whether their folder on the domain's home file system is mounted in their private spaces:
    # `Enabled` or `Disabled`. Files are on each space's own volume either way.
    auto_mount_home_efs = optional(string, "Disabled")
    # What they may do, by a key of your choice that does not change later, e.g. `Product`.
    grants = map(object({
      # What of the location, relative to its scope: `Product/*` is a prefix, `*` everything,
      # `Product/abalone.csv` (with `prefix_type`) one object. In the location `s3://` it begins
      # with a bucket: `my-bucket/Product/*`.
      sub_prefix = string
      # `READ`, `WRITE` or `READWRITE`.
      permission = string
      # `Object` for one object. Default: a prefix.
      prefix_type = optional(string)
      # The sub-prefix may end inside a name: `logs/2026-*`. It then matches whatever begins so,
      # siblings included.
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
    error_message = "personas must name at most 1000 people: an account has 1,000 roles by default; take another account for the rest."
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
      "personas: grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses; entries that break this: %s.",
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
      "personas: grants must not say the same twice: sub_prefix, permission, prefix_type; entries that break this: %s.",
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
      "personas: grants must have a sub-prefix inside its location: 1 to 2,000 characters, relative to the location's scope, without s3:// and without a slash at the start; entries that break this: %s.",
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
      "personas: grants must have a sub-prefix without blanks around its names and without empty names (//); entries that break this: %s.",
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
      "personas: grants must not have a * before the end of its sub-prefix: S3 Access Grants would take it as a character of a name; entries that break this: %s.",
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
      "personas: grants must have a sub-prefix that is * or ends in /*: UserA* would also match UserAdmin/ (if that is meant: matches_siblings); entries that break this: %s.",
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
      "personas: grants must name exactly one object where prefix_type is Object: no *, no slash at the end; entries that break this: %s.",
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
    condition = (
      length(distinct([for name in keys(var.personas) : lower(name)])) == length(keys(var.personas))
      && length(setintersection(
        [for name in keys(var.personas) : lower(name)],
        flatten([
          for name in [for name in keys(var.personas) : lower(name)] : [
            for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))
          ]
        ])
      )) == 0
    )
    error_message = "personas: names must differ in more than case, and none may begin with another and a hyphen (user, user-a), because names of jobs and logs begin so."
  }

  validation {
    condition = length([
      for key, profile in var.personas : key
      if profile.role == null && length("${coalesce(var.role_prefix, var.name)}-${key}-role") > 64
    ]) == 0
    error_message = format(
      "personas: each without a role of its own must have a key with which <role prefix>-<key>-role, its role, has at most 64 characters: give a shorter role_prefix; entries that break this: %s.",
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
      "personas: each must have single_sign_on where auth_mode is SSO, and none elsewhere; entries that break this: %s.",
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
  description = "Who may use the data without a profile in Studio: roles, and users and groups of `identity_center`, by a key of your choice that does not change later. Default: nobody."
  type = map(object({
    # Who it is.
    grantee = object({
      # An IAM role or user, or a user or group of the IAM Identity Center instance that is
      # associated. Known at plan time.
      type = string
      # ARN of the role or user, its path included; of a directory user or group the id in the
      # identity store. Default: that of `group`.
      id = optional(string)
      # The directory group by its display name, instead of `id`. Its id is looked up when the
      # grants are first made, and again when the name changes. Default: the one with the `id`.
      group = optional(object({
        # As IAM Identity Center shows it.
        display_name = string
        # Id of the identity store of IAM Identity Center.
        identity_store_id = string
      }))
    })
    # What they may do, by a key of your choice that does not change later, e.g. `Product`.
    grants = map(object({
      # What of the location, relative to its scope: `Product/*` is a prefix, `*` everything,
      # `Product/abalone.csv` (with `prefix_type`) one object. In the location `s3://` it begins
      # with a bucket: `my-bucket/Product/*`.
      sub_prefix = string
      # `READ`, `WRITE` or `READWRITE`.
      permission = string
      # `Object` for one object. Default: a prefix.
      prefix_type = optional(string)
      # The sub-prefix may end inside a name: `logs/2026-*`. It then matches whatever begins so,
      # siblings included.
      matches_siblings = optional(bool, false)
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.other_grantees) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "other_grantees must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
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
      "other_grantees: grantee must have as id the ARN of a role or user (arn:partition:iam::account:role/…) where type is IAM, else the id of a directory user or group; entries that break this: %s.",
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
      "other_grantees: grantee must have the type DIRECTORY_GROUP where it has a group; entries that break this: %s.",
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
      "other_grantees: grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses; entries that break this: %s.",
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
      "other_grantees: grants must not say the same twice: sub_prefix, permission, prefix_type; entries that break this: %s.",
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
      "other_grantees: grants must have a sub-prefix inside its location: 1 to 2,000 characters, relative to the location's scope, without s3:// and without a slash at the start; entries that break this: %s.",
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
      "other_grantees: grants must have a sub-prefix without blanks around its names and without empty names (//); entries that break this: %s.",
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
      "other_grantees: grants must not have a * before the end of its sub-prefix: S3 Access Grants would take it as a character of a name; entries that break this: %s.",
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
      "other_grantees: grants must have a sub-prefix that is * or ends in /*: UserA* would also match UserAdmin/ (if that is meant: matches_siblings); entries that break this: %s.",
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
      "other_grantees: grants must name exactly one object where prefix_type is Object: no *, no slash at the end; entries that break this: %s.",
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
