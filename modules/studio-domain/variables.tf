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
  description = "Where Studio is."
  type = object({
    # Id of the VPC.
    vpc_id = string
    # Ids of the private subnets.
    subnet_ids = list(string)
    # Ids of the security groups of Studio and its jobs: they must let one another in, and out to
    # AWS with TLS.
    security_group_ids = list(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.network.vpc_id))
    error_message = "network.vpc_id must be the id of a VPC, vpc-…."
  }

  validation {
    condition     = length(var.network.subnet_ids) >= 1
    error_message = "network.subnet_ids must name at least 1 subnet."
  }

  validation {
    condition     = length(distinct(var.network.subnet_ids)) == length(var.network.subnet_ids)
    error_message = "network.subnet_ids must not name a subnet twice."
  }

  validation {
    condition     = length(var.network.subnet_ids) <= 16
    error_message = "network.subnet_ids must name at most 16 subnets, as SageMaker and Lambda have it."
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
    error_message = "network.security_group_ids must name at least 1 security group."
  }

  validation {
    condition     = length(distinct(var.network.security_group_ids)) == length(var.network.security_group_ids)
    error_message = "network.security_group_ids must not name a security group twice."
  }

  validation {
    condition     = length(var.network.security_group_ids) <= 5
    error_message = "network.security_group_ids must name at most 5 security groups, as SageMaker and Lambda have it."
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
  description = "Who works here: names of the user profiles, e.g. `userA`. Names of their jobs begin with it and a hyphen (`userA-…`). Jobs and their logs are an account's and Region's: where two domains are in one, profiles of the same name share them."
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
    error_message = "profiles must name at most 1000 people: an account has 1,000 roles by default; take another account for the rest."
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
    condition = (
      length(distinct([for name in keys(var.profiles) : lower(name)])) == length(keys(var.profiles))
      && length(setintersection(
        [for name in keys(var.profiles) : lower(name)],
        flatten([
          for name in [for name in keys(var.profiles) : lower(name)] : [
            for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))
          ]
        ])
      )) == 0
    )
    error_message = "profiles: names must differ in more than case, and none may begin with another and a hyphen (user, user-a), because names of jobs and logs begin so."
  }

  validation {
    condition = length([
      for key, profile in var.profiles : key
      if profile.role == null && length("${coalesce(var.role_prefix, var.name)}-${key}-role") > 64
    ]) == 0
    error_message = format(
      "profiles: each without a role of its own must have a key with which <role prefix>-<key>-role, its role, has at most 64 characters: give a shorter role_prefix; entries that break this: %s.",
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
      "profiles: each must have single_sign_on where auth_mode is SSO, and none elsewhere; entries that break this: %s.",
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
  description = "S3 Access Grants instance that the roles may ask. Default: the one of this account and Region, whether it exists yet or not."
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
  description = "Values of what has to be there before it, and is destroyed only after it: `{ bucket = module.data.bucket_arn }`. It takes the place of `depends_on` on the call, which makes Terraform read data sources late. Default: nothing."
  type        = map(string)
  default     = {}
  nullable    = false
}
