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
  description = "The VPC, subnets and security groups of Studio and its jobs."
  type = object({
    # Id of the VPC.
    vpc_id = string
    # Ids of the private subnets.
    subnet_ids = list(string)
    # Ids of the security groups of Studio and its jobs. They must allow traffic among one another,
    # and TLS out to AWS.
    security_group_ids = list(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.network.vpc_id))
    error_message = "network.vpc_id must be the id of a VPC, vpc-…."
  }

  validation {
    condition     = length(var.network.subnet_ids) >= 1
    error_message = "network.subnet_ids must have at least 1 subnet."
  }

  validation {
    condition     = length(distinct(var.network.subnet_ids)) == length(var.network.subnet_ids)
    error_message = "network.subnet_ids must not have the same subnet twice."
  }

  validation {
    condition     = length(var.network.subnet_ids) <= 16
    error_message = "network.subnet_ids must have at most 16 subnets, the limit of SageMaker and Lambda."
  }

  validation {
    condition = alltrue([
      for entry in var.network.subnet_ids : can(regex("^subnet-[0-9a-f]+$", entry))
    ])
    error_message = format(
      "network.subnet_ids: must be the id of a subnet, subnet-…; entries that break this: %s.",
      join(", ", [
        for key, entry in var.network.subnet_ids : key
        if !can(regex("^subnet-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition     = length(var.network.security_group_ids) >= 1
    error_message = "network.security_group_ids must have at least 1 security group."
  }

  validation {
    condition     = length(distinct(var.network.security_group_ids)) == length(var.network.security_group_ids)
    error_message = "network.security_group_ids must not have the same security group twice."
  }

  validation {
    condition     = length(var.network.security_group_ids) <= 5
    error_message = "network.security_group_ids must have at most 5 security groups, the limit of SageMaker and Lambda."
  }

  validation {
    condition = alltrue([
      for entry in var.network.security_group_ids : can(regex("^sg-[0-9a-f]+$", entry))
    ])
    error_message = format(
      "network.security_group_ids: must be the id of a security group, sg-…; entries that break this: %s.",
      join(", ", [
        for key, entry in var.network.security_group_ids : key
        if !can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
  }
}

variable "profiles" {
  description = "User profiles of the people who work in Studio, by the profile's name, e.g. `userA`. The names of a person's jobs must begin with that name and a hyphen (`userA-…`). Jobs and their logs belong to an account and Region, not to a domain: profiles of the same name in two domains there can reach each other's."
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
  }))
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.profiles) : can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,30}$", key))
    ])
    error_message = "profiles must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles."
  }

  validation {
    condition     = length(var.profiles) <= 1000
    error_message = "profiles must have at most 1000 people: an account has 1,000 roles by default, so put the rest into another account."
  }

  validation {
    condition = alltrue([
      for entry in var.profiles :
      entry.role == null || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
    ])
    error_message = format(
      "profiles: role.arn must be the ARN of a role (arn:partition:iam::account:role/…); entries that break this: %s.",
      join(", ", [
        for key, entry in var.profiles : key
        if entry.role != null
        && !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.profiles :
      entry.single_sign_on == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.single_sign_on.user_name))
    ])
    error_message = format(
      "profiles: single_sign_on.user_name must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.profiles : key
        if entry.single_sign_on != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.single_sign_on.user_name))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.profiles :
      entry.space == null || can(regex("^ml[.][a-z0-9-]+[.][a-z0-9]+$", entry.space.instance_type))
    ])
    error_message = format(
      "profiles: space.instance_type must be a SageMaker instance type, e.g. ml.t3.medium; entries that break this: %s.",
      join(", ", [
        for key, entry in var.profiles : key
        if entry.space != null
        && !can(regex("^ml[.][a-z0-9-]+[.][a-z0-9]+$", entry.space.instance_type))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.profiles :
      entry.space == null
      ? true
      : entry.space.volume_size_in_gb >= 5
      && entry.space.volume_size_in_gb <= 16384
      && floor(entry.space.volume_size_in_gb) == entry.space.volume_size_in_gb
    ])
    error_message = format(
      "profiles: space.volume_size_in_gb must be a whole number of GB from 5 to 16384; entries that break this: %s.",
      join(", ", [
        for key, entry in var.profiles : key
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
      for entry in var.profiles : contains(["Enabled", "Disabled"], entry.auto_mount_home_efs)
    ])
    error_message = format(
      "profiles: auto_mount_home_efs must be one of Enabled, Disabled; entries that break this: %s.",
      join(", ", [
        for key, entry in var.profiles : key
        if !contains(["Enabled", "Disabled"], entry.auto_mount_home_efs)
      ])
    )
  }

  validation {
    condition = length(concat(
      [
        for names in values({ for name in keys(var.profiles) : lower(name) => name... }) :
        join(" and ", names)
        if length(names) > 1
      ],
      tolist(setintersection(
        [for name in keys(var.profiles) : lower(name)],
        flatten([
          for name in [for name in keys(var.profiles) : lower(name)] : [
            for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))
          ]
        ])
      ))
    )) == 0
    error_message = format(
      "profiles: names must differ in more than case, and none may begin with another name and a hyphen (user and user-a): names of jobs and logs begin with the profile's name and a hyphen, and would be taken for the other's; entries that break this: %s.",
      join(
        ", ",
        try(
          concat(
            [
              for names in values({ for name in keys(var.profiles) : lower(name) => name... }) :
              join(" and ", names)
              if length(names) > 1
            ],
            tolist(setintersection(
              [for name in keys(var.profiles) : lower(name)],
              flatten([
                for name in [for name in keys(var.profiles) : lower(name)] : [
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
      for key, profile in var.profiles : key
      if profile.role == null && length("${coalesce(var.role_prefix, var.name)}-${key}-role") > 64
    ]) == 0
    error_message = format(
      "profiles: each one without a role gets a role named <role prefix>-<key>-role, which must have at most 64 characters: give a shorter role_prefix; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, profile in var.profiles : key
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
      for key, profile in var.profiles : key
      if(profile.single_sign_on != null) != (var.auth_mode == "SSO")
    ]) == 0
    error_message = format(
      "profiles: each must have single_sign_on if auth_mode is SSO, and must not have it otherwise; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, profile in var.profiles : key
            if(profile.single_sign_on != null) != (var.auth_mode == "SSO")
          ],
          []
        )
      )
    )
  }
}

variable "access_grants_instance" {
  description = "S3 Access Grants instance that the profiles' roles may ask for credentials. Default: the instance of this account and Region, which need not exist yet."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.access_grants_instance == null
      || can(regex(
        "^arn:[a-z0-9-]+:s3:[a-z0-9-]+:[0-9]{12}:access-grants[/]default$",
        var.access_grants_instance.arn
      ))
    )
    error_message = "access_grants_instance.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)."
  }
}

variable "after" {
  description = "Attributes of resources to create before and destroy after this, e.g. `{ bucket = module.data.bucket_arn }`, by a key of your choice. Use it in place of `depends_on` on the module call, which delays the module's data sources until apply. Default: no order beyond that of the other inputs."
  type        = map(string)
  default     = {}
  nullable    = false
}
