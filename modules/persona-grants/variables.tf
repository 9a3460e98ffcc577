variable "account_id" {
  description = "Id of the AWS account of the S3 Access Grants instance, 12 digits. It has to be given, because the AWS provider replaces a grant whose tags change when it looks up the account itself."
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
    # `IAM` for an IAM role or user, `DIRECTORY_USER` or `DIRECTORY_GROUP` for a user or group of
    # the associated IAM Identity Center instance. Must be known at plan time.
    type = string
    # ARN of the IAM role or user, including its path; for a directory user or group, its id in the
    # identity store. Default: the id of `group`.
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
    error_message = "grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group."
  }

  validation {
    condition     = var.grantee.group == null || var.grantee.type == "DIRECTORY_GROUP"
    error_message = "grantee must have the type DIRECTORY_GROUP if it has a group."
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
  description = "Ids of the locations (`access_grants_location_id`), by the key that `grants` refer to."
  type        = map(string)
  nullable    = false
}

variable "grants" {
  description = "The grants, by a key of your choice that does not change later, e.g. `Product`. S3 Access Grants cannot change a grant: changing one here replaces it and touches no other."
  type = map(object({
    # Key of the location that the grant is in. Must be known at plan time.
    location = string
    # The part of the location that is granted, relative to its scope: `Product/*` is a prefix, `*`
    # is everything, `Product/abalone.csv` with `prefix_type` `Object` is one object. In the
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
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.grants) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(distinct([for grant in var.grants : jsonencode([grant.location, grant.sub_prefix, grant.permission, grant.prefix_type])])) == length(var.grants)
    error_message = "grants must not have two grants with the same location, sub_prefix, permission, prefix_type: leave one out."
  }

  validation {
    condition = alltrue([
      for entry in var.grants :
      length(entry.sub_prefix) <= 2000 && !can(regex("^(s3:|/|$)", entry.sub_prefix))
    ])
    error_message = format(
      "grants: must have a sub_prefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start; entries that break this: %s.",
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
      "grants: must have a sub_prefix without blanks around the names in it and without empty names (//); entries that break this: %s.",
      join(", ", [
        for key, entry in var.grants : key
        if !(!can(regex("(^|[/])[ \\t]|[ \\t]([/]|$)|[^:][/][/]", entry.sub_prefix)))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.grants : !can(regex("[*].", entry.sub_prefix))])
    error_message = format(
      "grants: must not have a * before the end of its sub_prefix: there S3 Access Grants takes it as a character of a name; entries that break this: %s.",
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
      "grants: must have a sub_prefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matches_siblings; entries that break this: %s.",
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
      "grants: must have a sub_prefix that is one object's key if prefix_type is Object: without * and without a slash at the end; entries that break this: %s.",
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
    condition = length([
      for key, grant in var.grants : "${key} (location ${grant.location})"
      if !contains(keys(var.location_ids), grant.location)
    ]) == 0
    error_message = format(
      "grants: each grant's location must be a key of location_ids; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, grant in var.grants : "${key} (location ${grant.location})"
            if !contains(keys(var.location_ids), grant.location)
          ],
          []
        )
      )
    )
  }
}

variable "tags" {
  description = "Tags of the grants. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false
}
