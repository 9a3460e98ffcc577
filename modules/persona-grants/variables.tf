variable "account_id" {
  description = "Account of the S3 Access Grants instance. Explicit, because the provider would replace a grant on any change of its tags if it had to look the account up itself."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account."
  }
}

variable "grantee" {
  description = "Who the grants are for."
  type = object({
    # An IAM role or user, or a user or group of the IAM Identity Center instance that is
    # associated. Known at plan time.
    type = string
    # ARN of the role or user, its path included; of a directory user or group the id in the
    # identity store. Default: that of `group`.
    id = optional(string)
    # The directory group by its display name, instead of `id`. Its id is looked up when the grants
    # are first made, and again when the name changes. Default: the one with the `id`.
    group = optional(object({
      # As IAM Identity Center shows it.
      display_name = string
      # Id of the identity store of IAM Identity Center.
      identity_store_id = string
    }))
  })
  nullable = false

  validation {
    condition     = (var.grantee.id == null) != (var.grantee.group == null)
    error_message = "grantee must have exactly one of id and group."
  }

  validation {
    condition = (
      var.grantee.id == null
      || (
        var.grantee.type == "IAM"
        ? can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:(role|user)\\/.+$", var.grantee.id))
        : can(regex(
          "^([0-9a-f]{10}-)?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
          var.grantee.id
        ))
      )
    )
    error_message = "grantee must have as id the ARN of a role or user (arn:partition:iam::account:role/…) where type is IAM, else the id of a directory user or group."
  }

  validation {
    condition     = var.grantee.group == null || var.grantee.type == "DIRECTORY_GROUP"
    error_message = "grantee must have the type DIRECTORY_GROUP where it has a group."
  }

  validation {
    condition     = contains(["IAM", "DIRECTORY_USER", "DIRECTORY_GROUP"], var.grantee.type)
    error_message = "grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP."
  }

  validation {
    condition     = var.grantee.id == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.grantee.id))
    error_message = "grantee.id must not be empty, or begin or end with a blank."
  }

  validation {
    condition = (
      var.grantee.group == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.grantee.group.display_name))
    )
    error_message = "grantee.group.display_name must not be empty, or begin or end with a blank."
  }

  validation {
    condition = (
      var.grantee.group == null
      || can(regex(
        "^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
        var.grantee.group.identity_store_id
      ))
    )
    error_message = "grantee.group.identity_store_id must be the id of an identity store, e.g. d-1234567890."
  }
}

variable "location_ids" {
  description = "Id of each location (`access_grants_location_id`), by the key that grants name it by."
  type        = map(string)
  nullable    = false
}

variable "grants" {
  description = "What the grantee may do, by a key of your choice that does not change later, e.g. `Product`. Grants cannot be changed: a change of one replaces that one and touches no other."
  type = map(object({
    # Key of the location. Known at plan time.
    location = string
    # What of the location, relative to its scope: `Product/*` is a prefix, `*` everything,
    # `Product/abalone.csv` (with `prefix_type`) one object. In the location `s3://` it begins with
    # a bucket: `my-bucket/Product/*`.
    sub_prefix = string
    # `READ`, `WRITE` or `READWRITE`.
    permission = string
    # `Object` for one object. Default: a prefix.
    prefix_type = optional(string)
    # The sub-prefix may end inside a name: `logs/2026-*`. It then matches whatever begins so,
    # siblings included.
    matches_siblings = optional(bool, false)
  }))
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(distinct([for grant in var.grants : jsonencode([grant.location, grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(var.grants)
    error_message = "grants must not say the same twice: location, sub_prefix, permission, prefix_type."
  }

  validation {
    condition = alltrue([
      for entry in var.grants :
      length(entry.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", entry.sub_prefix))
    ])
    error_message = format(
      "grants: must have a sub-prefix inside its location: 1 to 2,000 characters, relative to the location's scope, without s3:// and without a slash at the start; entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !(length(entry.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", entry.sub_prefix)))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants :
      !can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", entry.sub_prefix))
    ])
    error_message = format(
      "grants: must have a sub-prefix without blanks around its names and without empty names (//); entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !(!can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", entry.sub_prefix)))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.grants : !can(regex("[*].", entry.sub_prefix))])
    error_message = format(
      "grants: must not have a * before the end of its sub-prefix: S3 Access Grants would take it as a character of a name; entries that break this: %s.",
      join(", ", [for key, entry in var.grants : key if !(!can(regex("[*].", entry.sub_prefix)))])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants :
      entry.prefix_type == "Object"
      || can(regex("(^|/)[*]$", entry.sub_prefix))
      || (entry.matches_siblings && endswith(entry.sub_prefix, "*"))
    ])
    error_message = format(
      "grants: must have a sub-prefix that is * or ends in /*: UserA* would also match UserAdmin/ (if that is meant: matches_siblings); entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !(
          entry.prefix_type == "Object"
          || can(regex("(^|/)[*]$", entry.sub_prefix))
          || (entry.matches_siblings && endswith(entry.sub_prefix, "*"))
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants : entry.prefix_type == null || !can(regex("[*]|/$", entry.sub_prefix))
    ])
    error_message = format(
      "grants: must name exactly one object where prefix_type is Object: no *, no slash at the end; entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !(entry.prefix_type == null || !can(regex("[*]|/$", entry.sub_prefix)))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants : can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.location))
    ])
    error_message = format(
      "grants: location must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.location))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants : contains(["READ", "WRITE", "READWRITE"], entry.permission)
    ])
    error_message = format(
      "grants: permission must be one of READ, WRITE, READWRITE; entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !contains(["READ", "WRITE", "READWRITE"], entry.permission)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.grants :
      entry.prefix_type == null ? true : contains(["Object"], entry.prefix_type)
    ])
    error_message = format(
      "grants: prefix_type must be one of Object; entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if entry.prefix_type == null ? false : !contains(["Object"], entry.prefix_type)
      ])
    )
  }

  validation {
    condition = alltrue([
      for grant in var.grants : contains(keys(var.location_ids), grant.location)
    ])
    error_message = "grants: each grant's location must be a key of location_ids."
  }
}

variable "tags" {
  description = "Tags of the grants. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false
}
