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

variable "existing_instance" {
  description = "The S3 Access Grants instance of this account and Region, if there is one already. AWS allows only one, and SageMaker Unified Studio may have created it. Default: an instance created here."
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
  description = "IAM Identity Center instance whose users and groups can be grantees. An S3 Access Grants instance created here is associated with it; an `existing_instance` must be associated with it already. Default: only IAM principals can be grantees."
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
  description = "Principals of other accounts that may ask the S3 Access Grants instance created here for credentials. They are added to its resource policy. An `existing_instance` keeps its own policy, which only its owner changes. Default: only principals of this account may ask."
  type        = object({ principal_arns = list(string) })
  default     = null

  validation {
    condition     = var.cross_account == null ? true : length(var.cross_account.principal_arns) >= 1
    error_message = "cross_account.principal_arns must have at least 1 principal."
  }

  validation {
    condition = (
      var.cross_account == null
      ? true
      : length(distinct(var.cross_account.principal_arns)) == length(var.cross_account.principal_arns)
    )
    error_message = "cross_account.principal_arns must not have the same principal twice."
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
    error_message = "cross_account: must not be given together with existing_instance: the instance has one resource policy, which would be overwritten; let its owner add the principals."
  }
}

variable "locations" {
  description = "Locations to register, in which access can be granted: at most 1,000, by a key of your choice that does not change later."
  type = map(object({
    # What the location covers: `s3://` (all buckets of the account and Region), `s3://bucket` or
    # `s3://bucket/prefix/`. No two locations may have the same scope.
    scope = string
    # Upper limit on what grants in this location allow, and on what the role created for it can do:
    # `READ`, `WRITE` or `READWRITE`.
    permission = optional(string, "READWRITE")
    # Existing role that S3 Access Grants assumes to issue credentials for this location. Its trust
    # policy and permissions are yours to set. Default: a role created here, limited to the scope
    # and the permission.
    role = optional(object({ arn = string }))
    # Customer-managed KMS keys that the location's objects are encrypted with, by a key of your
    # choice that does not change later. The role created here may use them through S3. Default:
    # none.
    kms_keys = optional(map(object({ arn = string })), {})
    # Longest lifetime of credentials for this location, in seconds: 3,600 to 43,200. Because
    # GetDataAccess cannot ask for longer, a job that runs longer has to ask for new credentials.
    max_session_duration = optional(number, 43200)
  }))
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.locations) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "locations must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(var.locations) <= 1000
    error_message = "locations must have at most 1000 locations."
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
      "locations: scope must be s3://, s3://bucket or s3://bucket/prefix/. End a prefix with a slash, because s3://bucket/prefix would also cover prefix-2; and use no blanks around names and none of * ? $, which mean something else in the IAM policy of the location's role; entries that break this: %s.",
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
      "locations: kms_keys must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses; entries that break this: %s.",
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
      "locations: kms_keys must have at most 50 keys: a role's policies hold 10,240 characters; entries that break this: %s.",
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
      "locations: kms_keys.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys; entries that break this: %s.",
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
    condition = length([
      for names in values({ for key in keys(var.locations) : lower(key) => key... }) :
      join(" and ", names)
      if length(names) > 1
    ]) == 0
    error_message = format(
      "locations: keys must differ in more than case, because IAM ignores case in role names: rename one; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for names in values({ for key in keys(var.locations) : lower(key) => key... }) :
            join(" and ", names)
            if length(names) > 1
          ],
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, place in var.locations : key
      if place.role == null && length("${var.name}-${key}-location") > 64
    ]) == 0
    error_message = format(
      "locations: each location without a role gets a role named <name>-<key>-location, which must have at most 64 characters: give a shorter name or key; entries that break this: %s.",
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
    condition = length([
      for names in values({ for place in concat([for key, place in var.locations : { key = key, scope = trimsuffix(place.scope, "/") }]) : place.scope => place.key... }) :
      join(" and ", names)
      if length(names) > 1
    ]) == 0
    error_message = format(
      "locations: no two may have the same scope, which S3 Access Grants registers once: leave one out; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for names in values({ for place in concat([for key, place in var.locations : { key = key, scope = trimsuffix(place.scope, "/") }]) : place.scope => place.key... }) :
            join(" and ", names)
            if length(names) > 1
          ],
          []
        )
      )
    )
  }
}

variable "existing_locations" {
  description = "Locations that are registered already and that grants can be made in too, by a key of your choice that `locations` does not use. Nothing about them is changed. Default: none."
  type = map(object({
    # Its id (`access_grants_location_id`).
    id = string
    # The scope that it was registered with: `s3://`, `s3://bucket` or `s3://bucket/prefix/`.
    scope = string
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.existing_locations) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "existing_locations must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
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
      "existing_locations: scope must be s3://, s3://bucket or s3://bucket/prefix/. End a prefix with a slash, because s3://bucket/prefix would also cover prefix-2; and use no blanks around names and none of * ? $, which mean something else in the IAM policy of the location's role; entries that break this: %s.",
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
    condition = length(setintersection(keys(var.locations), keys(var.existing_locations))) == 0
    error_message = format(
      "existing_locations: must not use a key that locations uses too, because grants name a location by its key: rename one; entries that break this: %s.",
      join(", ", try(setintersection(keys(var.locations), keys(var.existing_locations)), []))
    )
  }

  validation {
    condition = length([
      for names in values({ for place in concat([for key, place in var.locations : { key = key, scope = trimsuffix(place.scope, "/") }], [for key, place in var.existing_locations : { key = key, scope = trimsuffix(place.scope, "/") }]) : place.scope => place.key... }) :
      join(" and ", names)
      if length(names) > 1
    ]) == 0
    error_message = format(
      "existing_locations: none may have the same scope as another one, or as one of locations: leave one out; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for names in values({ for place in concat([for key, place in var.locations : { key = key, scope = trimsuffix(place.scope, "/") }], [for key, place in var.existing_locations : { key = key, scope = trimsuffix(place.scope, "/") }]) : place.scope => place.key... }) :
            join(" and ", names)
            if length(names) > 1
          ],
          []
        )
      )
    )
  }
}

variable "personas" {
  description = "Who may read or write what: each persona is a grantee with grants, by a key of your choice that does not change later. Changing one grant replaces that grant and touches no other. At most 100,000 grants in all. Default: nobody is granted anything."
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
    # The grants of this persona, by a key of your choice that does not change later, e.g.
    # `Product`.
    grants = map(object({
      # Key of the location that the grant is in. Must be known at plan time.
      location = string
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
      for key in keys(var.personas) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "personas must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
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
      "personas: grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group; entries that break this: %s.",
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
      "personas: grantee must have the type DIRECTORY_GROUP if it has a group; entries that break this: %s.",
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
      length(distinct([for grant in entry.grants : jsonencode([grant.location, grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(entry.grants)
    ])
    error_message = format(
      "personas: grants must not have two grants with the same location, sub_prefix, permission, prefix_type: leave one out; entries that break this: %s.",
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
    condition = length(flatten([
      for name, persona in var.personas : [
        for key, grant in persona.grants : "${name}.${key} (location ${grant.location})"
        if !(contains(concat(keys(var.locations), keys(var.existing_locations)), grant.location))
      ]
    ])) == 0
    error_message = format(
      "personas: each grant's location must be a key of locations or existing_locations; entries that break this: %s.",
      join(
        ", ",
        try(
          flatten([
            for name, persona in var.personas : [
              for key, grant in persona.grants : "${name}.${key} (location ${grant.location})"
              if !(contains(concat(keys(var.locations), keys(var.existing_locations)), grant.location))
            ]
          ]),
          []
        )
      )
    )
  }

  validation {
    condition = length(flatten([
      for name, persona in var.personas : [
        for key, grant in persona.grants : "${name}.${key} (permission ${grant.permission})"
        if !(contains(["READWRITE", grant.permission], try(var.locations[grant.location].permission, "READWRITE")))
      ]
    ])) == 0
    error_message = format(
      "personas: each grant's permission must not allow more than its location's permission: lower it, or raise the location's; entries that break this: %s.",
      join(
        ", ",
        try(
          flatten([
            for name, persona in var.personas : [
              for key, grant in persona.grants : "${name}.${key} (permission ${grant.permission})"
              if !(contains(
                ["READWRITE", grant.permission],
                try(var.locations[grant.location].permission, "READWRITE")
              ))
            ]
          ]),
          []
        )
      )
    )
  }

  validation {
    condition = length(flatten([
      for name, persona in var.personas : [
        for key, grant in persona.grants : "${name}.${key} (subPrefix ${grant.sub_prefix})"
        if !(
          try(var.locations[grant.location].scope, var.existing_locations[grant.location].scope, "") != "s3://"
          || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][/]", grant.sub_prefix))
        )
      ]
    ])) == 0
    error_message = format(
      "personas: each grant's sub_prefix must begin with a bucket if its location's scope is s3://, e.g. my-bucket/Product/*; entries that break this: %s.",
      join(
        ", ",
        try(
          flatten([
            for name, persona in var.personas : [
              for key, grant in persona.grants : "${name}.${key} (sub_prefix ${grant.sub_prefix})"
              if !(
                try(
                  var.locations[grant.location].scope,
                  var.existing_locations[grant.location].scope,
                  ""
                ) != "s3://"
                || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][/]", grant.sub_prefix))
              )
            ]
          ]),
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, persona in var.personas : key
      if var.identity_center == null && persona.grantee.type != "IAM"
    ]) == 0
    error_message = format(
      "personas: each grantee of type DIRECTORY_USER or DIRECTORY_GROUP needs identity_center, the IAM Identity Center instance that it is in; entries that break this: %s.",
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
    condition = length([
      for names in values({ for grant in flatten([for name, persona in var.personas : [for key, grant in persona.grants : { said = jsonencode([persona.grantee, "${trimsuffix(try(var.locations[grant.location].scope, var.existing_locations[grant.location].scope), "/")}/${grant.sub_prefix}", grant.permission]), name = "${name}.${key}" } if contains(keys(merge(var.locations, var.existing_locations)), grant.location)]]) : grant.said => grant.name... }) :
      join(" and ", names)
      if length(names) > 1
    ]) == 0
    error_message = format(
      "personas: no grantee may have the same permission on the same prefix twice, in one persona or in two: leave one out; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for names in values({ for grant in flatten([for name, persona in var.personas : [for key, grant in persona.grants : { said = jsonencode([persona.grantee, "${trimsuffix(try(var.locations[grant.location].scope, var.existing_locations[grant.location].scope), "/")}/${grant.sub_prefix}", grant.permission]), name = "${name}.${key}" } if contains(keys(merge(var.locations, var.existing_locations)), grant.location)]]) : grant.said => grant.name... }) :
            join(" and ", names)
            if length(names) > 1
          ],
          []
        )
      )
    )
  }
}

variable "after" {
  description = "Attributes of resources to create before and destroy after this, e.g. `{ bucket = module.data.bucket_arn }`, by a key of your choice. Use it in place of `depends_on` on the module call, which delays the module's data sources until apply. Default: no order beyond that of the other inputs."
  type        = map(string)
  default     = {}
  nullable    = false
}
