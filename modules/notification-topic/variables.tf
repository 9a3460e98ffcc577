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

variable "topic" {
  description = "A topic that is there already. Its policy, and that of its key, must let the publishers in: neither is touched here. Give its customer-managed key, if it has one, as `kms_key`. Default: a topic made here."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.topic == null
      || can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.topic.arn))
    )
    error_message = "topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }
}

variable "display_name" {
  description = "Name that e-mail subscribers see, at most 100 characters. Default: the topic's name."
  type        = string
  default     = null

  validation {
    condition     = var.display_name == null || can(regex("^[^\\r\\n]{1,100}$", var.display_name))
    error_message = "display_name must be one line of 1 to 100 characters."
  }
}

variable "kms_key" {
  description = "Customer-managed key to encrypt with. Its policy must let the publishers in (`kms:GenerateDataKey*`, `kms:Decrypt`), the services events.amazonaws.com and cloudwatch.amazonaws.com among them. Default: a key made here, with such a policy and yearly rotation."
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

variable "publishers" {
  description = "Roles that may publish. Default: none."
  type        = map(object({ role_arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.publishers) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "publishers must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(var.publishers) <= 50
    error_message = "publishers must name at most 50 roles: the policies of topic and key hold 30 KB."
  }

  validation {
    condition = alltrue([
      for entry in var.publishers :
      can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role_arn))
    ])
    error_message = format(
      "publishers: role_arn must be the ARN of a role (arn:partition:iam::account:role/…); entries that break this: %s.",
      join(", ", [
        for key, entry in var.publishers : key
        if !can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", entry.role_arn))
      ])
    )
  }
}

variable "event_rules" {
  description = "EventBridge rules that may publish. Default: none."
  type        = map(object({ arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.event_rules) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "event_rules must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(var.event_rules) <= 50
    error_message = "event_rules must name at most 50 rules: a topic's policy holds 30 KB."
  }

  validation {
    condition = alltrue([
      for entry in var.event_rules :
      can(regex("^arn:[a-z0-9-]+:events:[a-z0-9-]+:[0-9]{12}:rule[/].+$", entry.arn))
    ])
    error_message = format(
      "event_rules: arn must be the ARN of an EventBridge rule (arn:partition:events:region:account:rule/…); entries that break this: %s.",
      join(", ", [
        for key, entry in var.event_rules : key
        if !can(regex("^arn:[a-z0-9-]+:events:[a-z0-9-]+:[0-9]{12}:rule[/].+$", entry.arn))
      ])
    )
  }
}

variable "subscriptions" {
  description = "Subscriptions, by a key of your choice that does not change later: a change touches that one alone. Default: none."
  type = map(object({
    # How messages are delivered, in SNS's words. Known at plan time. An `sqs` queue's own policy
    # must let the topic send; a `lambda` endpoint gets the permission that it needs here.
    protocol = string
    # E-mail address, queue or function ARN, or URL. An e-mail subscription waits until its owner
    # confirms it.
    endpoint = string
    # Filter policy over the message attributes, e.g. `{ decision = ["waiting", "failed"] }`.
    # Default: every message.
    filter_policy = optional(map(list(string)))
    # Deliver the message itself, without SNS's envelope (sqs and https).
    raw_message_delivery = optional(bool, false)
    # Queue for what cannot be delivered. Default: none: SNS drops it after its retries.
    dead_letter_queue = optional(object({ arn = string }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.subscriptions) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition     = length(distinct([for entry in var.subscriptions : jsonencode([entry.protocol, entry.endpoint])])) == length(var.subscriptions)
    error_message = "subscriptions must not have the same protocol and endpoint under two keys."
  }

  validation {
    condition = length([
      for entry in values(var.subscriptions) : entry
      if entry.filter_policy != null
    ]) <= 200
    error_message = "subscriptions must have at most 200 subscriptions with a filter_policy, which is SNS's quota of a topic: let machines filter what they get."
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["email", "email-json"], entry.protocol)
      ? can(regex("^[^@ \\t\\r\\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$", entry.endpoint))
      : true
    ])
    error_message = format(
      "subscriptions: must have an e-mail address as endpoint where protocol is email or email-json; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !(
          contains(["email", "email-json"], entry.protocol)
          ? can(regex("^[^@ \\t\\r\\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$", entry.endpoint))
          : true
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["sqs"], entry.protocol)
      ? can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.endpoint))
      : true
    ])
    error_message = format(
      "subscriptions: must have the ARN of a standard queue as endpoint where protocol is sqs; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !(
          contains(["sqs"], entry.protocol)
          ? can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.endpoint))
          : true
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["lambda"], entry.protocol)
      ? can(regex(
        "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$",
        entry.endpoint
      ))
      : true
    ])
    error_message = format(
      "subscriptions: must have the ARN of a function as endpoint where protocol is lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !(
          contains(["lambda"], entry.protocol)
          ? can(regex(
            "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$",
            entry.endpoint
          ))
          : true
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["https"], entry.protocol)
      ? can(regex("^https:[/][/][^ \\t\\r\\n/]+([/?#][^ \\t\\r\\n]*)?$", entry.endpoint))
      : true
    ])
    error_message = format(
      "subscriptions: must have a URL that begins with https:// as endpoint where protocol is https; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !(
          contains(["https"], entry.protocol)
          ? can(regex("^https:[/][/][^ \\t\\r\\n/]+([/?#][^ \\t\\r\\n]*)?$", entry.endpoint))
          : true
        )
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      !entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol)
    ])
    error_message = format(
      "subscriptions: may have raw_message_delivery where protocol is sqs or https only; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !(!entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
    ])
    error_message = format(
      "subscriptions: protocol must be one of email, email-json, sqs, https, lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
    ])
    error_message = format(
      "subscriptions: endpoint must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for key in keys(entry.filter_policy) :
        can(regex("^(decision|event|project|environment|severity)$", key))
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy may filter on decision, event, project, environment and severity; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([
          for key in keys(entry.filter_policy) :
          can(regex("^(decision|event|project|environment|severity)$", key))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([for values in entry.filter_policy : length(values) > 0])
    ])
    error_message = format(
      "subscriptions: filter_policy must have at least one value for each attribute: no message has none; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([for values in entry.filter_policy : length(values) > 0])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "decision", []) :
        contains(["approved", "rejected", "waiting", "failed"], item)
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy may filter on decision approved, rejected, waiting, failed: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([
          for item in lookup(entry.filter_policy, "decision", []) :
          contains(["approved", "rejected", "waiting", "failed"], item)
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "event", []) :
        contains(["granted", "grant-failed", "revoked"], item)
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy may filter on event granted, grant-failed, revoked: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([
          for item in lookup(entry.filter_policy, "event", []) :
          contains(["granted", "grant-failed", "revoked"], item)
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "severity", []) :
        contains(["low", "medium", "high", "critical"], item)
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy may filter on severity low, medium, high, critical: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([
          for item in lookup(entry.filter_policy, "severity", []) :
          contains(["low", "medium", "high", "critical"], item)
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2
    ])
    error_message = format(
      "subscriptions: filter_policy must not filter on decision and event at once: no message has both; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150
    ])
    error_message = format(
      "subscriptions: filter_policy must have at most 150 combinations of values, the numbers of values multiplied: filter on fewer attributes, or subscribe twice; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in entry.filter_policy : alltrue([
          for part in item : can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", part))
        ])
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : anytrue([
          for item in entry.filter_policy : anytrue([
            for part in item : !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", part))
          ])
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.dead_letter_queue == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.dead_letter_queue.arn))
    ])
    error_message = format(
      "subscriptions: dead_letter_queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name); entries that break this: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.dead_letter_queue != null
        && !can(regex(
          "^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$",
          entry.dead_letter_queue.arn
        ))
      ])
    )
  }
}
