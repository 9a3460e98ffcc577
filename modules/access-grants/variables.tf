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

variable "existing_instance" {
  description = "The instance of this account and Region, where there is one already. There can be only one; SageMaker Unified Studio may have made it. Default: an instance made here."
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
  description = "IAM Identity Center instance whose users and groups can be grantees. An instance made here is associated with it; of an existing one it says that it is. Default: only IAM principals can be grantees."
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

variable "cross_account" {
  description = "Lets principals of other accounts ask the instance made here for credentials, by its resource policy. The policy of an `existing_instance` is its owner's to change. Default: only this account's."
  type        = object({ principal_arns = list(string) })
  default     = null

  validation {
    condition     = var.cross_account == null ? true : length(var.cross_account.principal_arns) >= 1
    error_message = "cross_account.principal_arns must name at least 1 principal."
  }

  validation {
    condition = (
      var.cross_account == null
      ? true
      : length(distinct(var.cross_account.principal_arns)) == length(var.cross_account.principal_arns)
    )
    error_message = "cross_account.principal_arns must not name a principal twice."
  }

  validation {
    condition = (
      var.cross_account == null
      ? true
      : alltrue([
        for entry in var.cross_account.principal_arns :
        can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:(root|role[/].+|user[/].+)$", entry))
      ])
    )
    error_message = format(
      "cross_account.principal_arns: must be the ARN of an account, a role or a user (arn:partition:iam::account:…); entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.cross_account.principal_arns, {}) : key
        if !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:(root|role[/].+|user[/].+)$", entry))
      ])
    )
  }

  validation {
    condition     = var.cross_account == null || var.existing_instance == null
    error_message = "cross_account: must not be given with existing_instance, whose one resource policy is its owner's and would be replaced: let the owner add the principals to it."
  }
}

variable "locations" {
  description = "What can be granted, at most 1,000, by a key of your choice that does not change later."
  type = map(object({
    # `s3://` (all buckets of the account and Region), `s3://bucket` or `s3://bucket/prefix/`. No
    # two may be the same.
    scope = string
    # The most that a grant in this location may allow, and the most that the role made for it can
    # do.
    permission = optional(string, "READWRITE")
    # Role that S3 Access Grants assumes to make credentials for this location; you see to its trust
    # and permissions. Default: a role made here, narrowed to the scope and the permission.
    role = optional(object({ arn = string }))
    # Customer-managed keys that the location's objects are encrypted with; the role made here may
    # use them through S3. Default: none.
    kms_keys = optional(map(object({ arn = string })), {})
    # Longest life of credentials for this location, in seconds: 3,600 to 43,200. GetDataAccess
    # cannot ask for more, so it bounds how long a job can run without asking again.
    max_session_duration = optional(number, 43200)
  }))
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.locations) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "locations must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(var.locations) <= 1000
    error_message = "locations must name at most 1000 locations."
  }

  validation {
    condition = alltrue([
      for entry in var.locations :
      can(regex(
        "^s3:\\/\\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\\/([^/ \\t*?$]([^/*?$]*[^/ \\t*?$])?\\/)*)?)?$",
        entry.scope
      ))
    ])
    error_message = format(
      "locations: scope must be s3://, s3://bucket or s3://bucket/prefix/: with a slash at the end of a prefix, because prefix would also cover prefix-2, and without blanks around its names and * ? and $, which the policy of its role would not take as they are; entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if !can(regex(
          "^s3:\\/\\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\\/([^/ \\t*?$]([^/*?$]*[^/ \\t*?$])?\\/)*)?)?$",
          entry.scope
        ))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.locations : contains(["READ", "WRITE", "READWRITE"], entry.permission)
    ])
    error_message = format(
      "locations: permission must be one of READ, WRITE, READWRITE; entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if !contains(["READ", "WRITE", "READWRITE"], entry.permission)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.locations :
      entry.role == null || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
    ])
    error_message = format(
      "locations: role.arn must be the ARN of a role (arn:partition:iam::account:role/…); entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if entry.role != null
        && !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role.arn))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.locations : alltrue([
        for key in keys(entry.kms_keys) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
      ])
    ])
    error_message = format(
      "locations: kms_keys must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses; entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if !alltrue([
          for key in keys(entry.kms_keys) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.locations : length(entry.kms_keys) <= 50])
    error_message = format(
      "locations: kms_keys must name at most 50 keys: a role's policies hold 10,240 characters; entries that break this: %s.",
      join(", ", [for key, entry in var.locations : key if !(length(entry.kms_keys) <= 50)])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.locations : alltrue([
        for item in entry.kms_keys :
        can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", item.arn))
      ])
    ])
    error_message = format(
      "locations: kms_keys.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys; entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if anytrue([
          for item in entry.kms_keys :
          !can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", item.arn))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.locations :
      entry.max_session_duration >= 3600
      && entry.max_session_duration <= 43200
      && floor(entry.max_session_duration) == entry.max_session_duration
    ])
    error_message = format(
      "locations: max_session_duration must be a whole number of seconds from 3600 to 43200; entries that break this: %s.",
      join(", ", [
        for key, entry in var.locations : key
        if !(
          entry.max_session_duration >= 3600
          && entry.max_session_duration <= 43200
          && floor(entry.max_session_duration) == entry.max_session_duration
        )
      ])
    )
  }

  validation {
    condition     = length(toset([for key in keys(var.locations) : lower(key)])) == length(var.locations)
    error_message = "locations: keys must differ in more than case: names of roles do not."
  }

  validation {
    condition = length([
      for key, place in var.locations : key
      if place.role == null && length("${var.name}-${key}-location") > 64
    ]) == 0
    error_message = format(
      "locations: each location without a role of its own must have a key with which <name>-<key>-location, its role, has at most 64 characters; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, place in var.locations : key
            if place.role == null && length("${var.name}-${key}-location") > 64
          ],
          []
        )
      )
    )
  }

  validation {
    condition     = length(toset([for scope in values(var.locations)[*].scope : trimsuffix(scope, "/")])) == length(values(var.locations)[*].scope)
    error_message = "locations: no two may have the same scope: leave one out."
  }
}

variable "existing_locations" {
  description = "What can be granted too: locations that others have registered, by a key that `locations` has not. Nothing of them is changed. Default: none."
  type = map(object({
    # Its id (`access_grants_location_id`).
    id = string
    # What it was registered with: `s3://`, `s3://bucket` or `s3://bucket/prefix/`.
    scope = string
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.existing_locations) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "existing_locations must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition = alltrue([
      for entry in var.existing_locations :
      can(regex("^(default|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", entry.id))
    ])
    error_message = format(
      "existing_locations: id must be the id of a location: default, or a UUID; entries that break this: %s.",
      join(", ", [
        for key, entry in var.existing_locations : key
        if !can(regex("^(default|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", entry.id))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.existing_locations :
      can(regex(
        "^s3:\\/\\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\\/([^/ \\t*?$]([^/*?$]*[^/ \\t*?$])?\\/)*)?)?$",
        entry.scope
      ))
    ])
    error_message = format(
      "existing_locations: scope must be s3://, s3://bucket or s3://bucket/prefix/: with a slash at the end of a prefix, because prefix would also cover prefix-2, and without blanks around its names and * ? and $, which the policy of its role would not take as they are; entries that break this: %s.",
      join(", ", [
        for key, entry in var.existing_locations : key
        if !can(regex(
          "^s3:\\/\\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\\/([^/ \\t*?$]([^/*?$]*[^/ \\t*?$])?\\/)*)?)?$",
          entry.scope
        ))
      ])
    )
  }

  validation {
    condition     = length(setintersection(keys(var.locations), keys(var.existing_locations))) == 0
    error_message = "existing_locations: must not have a key that locations has too: grants name either by it."
  }

  validation {
    condition     = length(toset([for scope in concat(values(var.locations)[*].scope, values(var.existing_locations)[*].scope) : trimsuffix(scope, "/")])) == length(concat(values(var.locations)[*].scope, values(var.existing_locations)[*].scope))
    error_message = "existing_locations: none may have the scope of another or of one of locations: leave one out."
  }
}

variable "personas" {
  description = "Who may do what, by a key of your choice that does not change later. A change of one grant replaces that one and touches no other. At most 100,000 grants in all. Default: no one may do anything."
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
      # Key of the location. Known at plan time.
      location = string
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
      for key in keys(var.personas) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "personas must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition = alltrue([
      for entry in var.personas : (entry.grantee.id == null) != (entry.grantee.group == null)
    ])
    error_message = format(
      "personas: grantee must have exactly one of id and group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !((entry.grantee.id == null) != (entry.grantee.group == null))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
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
      "personas: grantee must have as id the ARN of a role or user (arn:partition:iam::account:role/…) where type is IAM, else the id of a directory user or group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
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
      for entry in var.personas :
      entry.grantee.group == null || entry.grantee.type == "DIRECTORY_GROUP"
    ])
    error_message = format(
      "personas: grantee must have the type DIRECTORY_GROUP where it has a group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !(entry.grantee.group == null || entry.grantee.type == "DIRECTORY_GROUP")
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      contains(["IAM", "DIRECTORY_USER", "DIRECTORY_GROUP"], entry.grantee.type)
    ])
    error_message = format(
      "personas: grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !contains(["IAM", "DIRECTORY_USER", "DIRECTORY_GROUP"], entry.grantee.type)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.grantee.id == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.id))
    ])
    error_message = format(
      "personas: grantee.id must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.grantee.id != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.id))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.grantee.group == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.group.display_name))
    ])
    error_message = format(
      "personas: grantee.group.display_name must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if entry.grantee.group != null
        && !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.grantee.group.display_name))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.personas :
      entry.grantee.group == null
      || can(regex(
        "^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        entry.grantee.group.identity_store_id
      ))
    ])
    error_message = format(
      "personas: grantee.group.identity_store_id must be the id of an identity store, e.g. d-1234567890; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
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
      length(distinct([for grant in entry.grants : jsonencode([grant.location, grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
    ])
    error_message = format(
      "personas: grants must not say the same twice: location, sub_prefix, permission, prefix_type; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if !(
          length(distinct([for grant in entry.grants : jsonencode([grant.location, grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
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
        for item in entry.grants : can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", item.location))
      ])
    ])
    error_message = format(
      "personas: grants.location must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.personas : key
        if anytrue([
          for item in entry.grants : !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", item.location))
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
    condition = alltrue(flatten([
      for persona in var.personas : [
        for grant in persona.grants :
        contains(concat(keys(var.locations), keys(var.existing_locations)), grant.location)
      ]
    ]))
    error_message = "personas: each grant's location must be the key of a location."
  }

  validation {
    condition = alltrue(flatten([
      for persona in var.personas : [
        for grant in persona.grants :
        contains(["READWRITE", grant.permission], try(var.locations[grant.location].permission, "READWRITE"))
      ]
    ]))
    error_message = "personas: each grant's permission must not be above its location's: lower it, or raise the location's."
  }

  validation {
    condition = alltrue(flatten([
      for persona in var.personas : [
        for grant in persona.grants :
        try(var.locations[grant.location].scope, var.existing_locations[grant.location].scope, "") != "s3://"
        || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][/]", grant.sub_prefix))
      ]
    ]))
    error_message = "personas: each grant's sub_prefix must begin with a bucket where its location is s3://, e.g. my-bucket/Product/*."
  }

  validation {
    condition = length([
      for key, persona in var.personas : key
      if var.identity_center == null && persona.grantee.type != "IAM"
    ]) == 0
    error_message = format(
      "personas: each grantee that is a user or group of a directory needs identity_center, where the identity is looked up; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, persona in var.personas : key
            if var.identity_center == null && persona.grantee.type != "IAM"
          ],
          []
        )
      )
    )
  }

  validation {
    condition     = length(toset(flatten([for persona in values(var.personas) : [for grant in values(persona.grants) : jsonencode([persona.grantee, "${trimsuffix(try(var.locations[grant.location].scope, var.existing_locations[grant.location].scope), "/")}/${grant.sub_prefix}", grant.permission]) if contains(keys(merge(var.locations, var.existing_locations)), grant.location)]]))) == length(flatten([for persona in values(var.personas) : [for grant in values(persona.grants) : grant.location if contains(keys(merge(var.locations, var.existing_locations)), grant.location)]]))
    error_message = "personas: no grantee may have the same permission on the same prefix twice, of one persona or of two: leave one out."
  }
}

variable "after" {
  description = "Values of what has to be there before it, and is destroyed only after it: `{ bucket = module.data.bucket_arn }`. It takes the place of `depends_on` on the call, which makes Terraform read data sources late. Default: nothing."
  type        = map(string)
  default     = {}
  nullable    = false
}
