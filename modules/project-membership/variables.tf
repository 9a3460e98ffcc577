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

variable "domain" {
  description = "The Amazon DataZone domain."
  type        = object({ id = string })
  nullable    = false

  validation {
    condition     = can(regex("^dzd[-_][a-zA-Z0-9_-]{1,36}$", var.domain.id))
    error_message = "domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -."
  }
}

variable "members" {
  description = "Members of projects, by a key of your choice that does not change later. Changing one touches no other."
  type = map(object({
    # Id of the project.
    project_id = string
    # ARN of an IAM role or user, or id of a user or group of the domain.
    identifier = string
    # The entry of `user_profiles` for the same role or user: its profile's id is then sent to
    # DataZone in place of `identifier`. Default: `identifier` is sent.
    user_profile = optional(object({
      # Its key in `user_profiles`.
      key = string
    }))
    # Whether DataZone gets the identifier as a `user` or as a `group` (`user_identifier` or
    # `group_identifier`). Public examples disagree on which of the two takes the ARN of a role.
    type = optional(string, "user")
    # What the member may do: one of DataZone's own designations.
    designation = optional(string, "PROJECT_CONTRIBUTOR")
    # A designation that the domain's owners created, by its id, in place of `designation`
    # (DataZone's `USER_CREATED_DESIGNATION`). Works only without `cloud_formation`, through the
    # output `commands`: CloudFormation has no property for it. Default: none: `designation`
    # applies.
    user_created_designation = optional(object({ id = string }))
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.members) : can(regex("^[A-Za-z0-9-]{1,60}$", key))])
    error_message = "members must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names."
  }

  validation {
    condition = alltrue([
      for entry in var.members : can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.project_id))
    ])
    error_message = format(
      "members: project_id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -; entries that break this: %s.",
      join(", ", [
        for key, entry in var.members : key
        if !can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.project_id))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.members : !can(regex("^dzd[-_]", entry.project_id))])
    error_message = format(
      "members: project_id must be the id of a project, not of a domain; entries that break this: %s.",
      join(", ", [
        for key, entry in var.members : key
        if !(!can(regex("^dzd[-_]", entry.project_id)))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.members : can(regex("^\\S+$", entry.identifier))])
    error_message = format(
      "members: identifier must be an ARN or an id without blanks; entries that break this: %s.",
      join(", ", [for key, entry in var.members : key if !can(regex("^\\S+$", entry.identifier))])
    )
  }

  validation {
    condition = alltrue([for entry in var.members : contains(["user", "group"], entry.type)])
    error_message = format(
      "members: type must be one of user, group; entries that break this: %s.",
      join(", ", [for key, entry in var.members : key if !contains(["user", "group"], entry.type)])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.members :
      contains(
        [
          "PROJECT_OWNER",
          "PROJECT_CONTRIBUTOR",
          "PROJECT_CATALOG_VIEWER",
          "PROJECT_CATALOG_CONSUMER",
          "PROJECT_CATALOG_STEWARD",
        ],
        entry.designation
      )
    ])
    error_message = format(
      "members: designation must be one of PROJECT_OWNER, PROJECT_CONTRIBUTOR, PROJECT_CATALOG_VIEWER, PROJECT_CATALOG_CONSUMER, PROJECT_CATALOG_STEWARD; entries that break this: %s.",
      join(", ", [
        for key, entry in var.members : key
        if !contains(
          [
            "PROJECT_OWNER",
            "PROJECT_CONTRIBUTOR",
            "PROJECT_CATALOG_VIEWER",
            "PROJECT_CATALOG_CONSUMER",
            "PROJECT_CATALOG_STEWARD",
          ],
          entry.designation
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.members :
      entry.user_created_designation == null
      || can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.user_created_designation.id))
    ])
    error_message = format(
      "members: user_created_designation.id must be the id of a designation: 1 to 36 letters, digits, _ and -; entries that break this: %s.",
      join(", ", [
        for key, entry in var.members : key
        if entry.user_created_designation != null
        && !can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.user_created_designation.id))
      ])
    )
  }

  validation {
    condition = length([
      for key, member in var.members : key
      if var.cloud_formation != null && member.user_created_designation != null
    ]) == 0
    error_message = format(
      "members: CloudFormation has no property for a user-created designation: leave out cloud_formation, and run the output commands; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, member in var.members : key
            if var.cloud_formation != null && member.user_created_designation != null
          ],
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, entry in var.members : "${key} (${try(entry.user_profile.key, "")})"
      if !(
        entry.user_profile == null
        || (entry.type == "user" && contains(keys(var.user_profiles), try(entry.user_profile.key, "")))
      )
    ]) == 0
    error_message = format(
      "members: user_profile.key must be a key of user_profiles, and only where type is user: groups have no profile; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, entry in var.members : "${key} (${try(entry.user_profile.key, "")})"
            if !(
              entry.user_profile == null
              || (entry.type == "user" && contains(keys(var.user_profiles), try(entry.user_profile.key, "")))
            )
          ],
          []
        )
      )
    )
  }

  validation {
    condition     = var.cloud_formation == null || length(var.members) + length(var.member_pools) <= 2000
    error_message = "members: must be at most 2000 with member_pools, for each is a stack and an account has 2000 stacks by default: leave out cloud_formation and run what commands says, or make the rest from another account's state."
  }
}

variable "user_profiles" {
  description = "User profiles to make in the domain before the memberships, by a key of your choice that does not change later. DataZone makes the profile of a role by itself when the role is first named; a profile created here exists earlier, and a member can refer to it by `members.*.userProfile`. Default: none."
  type = map(object({
    # ARN of the IAM role or user.
    identifier = string
    # Whether the identifier is an IAM role or an IAM user.
    type = optional(string, "IAM_ROLE")
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.user_profiles) : can(regex("^[A-Za-z0-9-]{1,60}$", key))
    ])
    error_message = "user_profiles must have keys of 1 to 60 letters, digits and hyphens."
  }

  validation {
    condition = alltrue([for entry in var.user_profiles : can(regex("^\\S+$", entry.identifier))])
    error_message = format(
      "user_profiles: identifier must be an ARN or an id without blanks; entries that break this: %s.",
      join(", ", [
        for key, entry in var.user_profiles : key
        if !can(regex("^\\S+$", entry.identifier))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.user_profiles : contains(["IAM_ROLE", "IAM_USER"], entry.type)
    ])
    error_message = format(
      "user_profiles: type must be one of IAM_ROLE, IAM_USER; entries that break this: %s.",
      join(", ", [
        for key, entry in var.user_profiles : key
        if !contains(["IAM_ROLE", "IAM_USER"], entry.type)
      ])
    )
  }
}

variable "member_pools" {
  description = "Grants of DataZone's policy ADD_TO_PROJECT_MEMBER_POOL on domain units and all units below them, by a key of your choice that does not change later. Memberships need them, so they are made first, and only with `cloud_formation`. Whoever deploys must own the domain unit. Default: none: the policy is granted already."
  type = map(object({
    # Id of the domain unit.
    domain_unit_id = string
    # ARN of an IAM role or user, or id of a user or group of the domain.
    identifier = string
    # The entry of `user_profiles` for the same role or user: its profile's id is then sent to
    # DataZone in place of `identifier`. Default: `identifier` is sent.
    user_profile = optional(object({
      # Its key in `user_profiles`.
      key = string
    }))
    # Whether `identifier` is a `user` or a `group`; a role counts as a user.
    type = optional(string, "user")
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.member_pools) : can(regex("^[A-Za-z0-9-]{1,60}$", key))
    ])
    error_message = "member_pools must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names."
  }

  validation {
    condition = alltrue([
      for entry in var.member_pools : can(regex("^[a-z0-9_-]{1,256}$", entry.domain_unit_id))
    ])
    error_message = format(
      "member_pools: domain_unit_id must be the id of a DataZone domain unit: 1 to 256 lower-case letters, digits, _ or -; entries that break this: %s.",
      join(", ", [
        for key, entry in var.member_pools : key
        if !can(regex("^[a-z0-9_-]{1,256}$", entry.domain_unit_id))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.member_pools : can(regex("^\\S+$", entry.identifier))])
    error_message = format(
      "member_pools: identifier must be an ARN or an id without blanks; entries that break this: %s.",
      join(", ", [
        for key, entry in var.member_pools : key
        if !can(regex("^\\S+$", entry.identifier))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.member_pools : contains(["user", "group"], entry.type)])
    error_message = format(
      "member_pools: type must be one of user, group; entries that break this: %s.",
      join(", ", [
        for key, entry in var.member_pools : key
        if !contains(["user", "group"], entry.type)
      ])
    )
  }

  validation {
    condition = length([
      for key, entry in var.member_pools : "${key} (${try(entry.user_profile.key, "")})"
      if !(
        entry.user_profile == null
        || (entry.type == "user" && contains(keys(var.user_profiles), try(entry.user_profile.key, "")))
      )
    ]) == 0
    error_message = format(
      "member_pools: user_profile.key must be a key of user_profiles, and only where type is user: groups have no profile; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, entry in var.member_pools : "${key} (${try(entry.user_profile.key, "")})"
            if !(
              entry.user_profile == null
              || (entry.type == "user" && contains(keys(var.user_profiles), try(entry.user_profile.key, "")))
            )
          ],
          []
        )
      )
    )
  }

  validation {
    condition     = var.cloud_formation != null || length(var.member_pools) == 0
    error_message = "member_pools: must be left out without cloud_formation, which makes these policy grants: give cloud_formation, or grant them by hand."
  }
}

variable "cloud_formation" {
  description = "Makes the memberships, one CloudFormation stack each. Whoever deploys, or `role`, must own the project or its domain unit; the domain's execution role needs `iam:GetRole` and `iam:GetUser`; and the policy ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project. Otherwise DataZone answers 403. Default: no membership is made: run the commands of the output `commands`."
  type = object({
    # Role that CloudFormation assumes to make the memberships. Default: CloudFormation uses the
    # credentials of whoever deploys.
    role = optional(object({ arn = string }))
  })
  default = null

  validation {
    condition = (
      var.cloud_formation == null
      ? true
      : var.cloud_formation.role == null
      || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", var.cloud_formation.role.arn))
    )
    error_message = "cloud_formation.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)."
  }
}
