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

variable "topic" {
  description = "Existing topic. Its policy and the policy of its key must let the publishers publish: neither is changed here. Where it has a customer-managed key, give that as `kms_key`. Default: a topic created here."
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
  description = "Sender name that e-mail subscribers see, at most 100 characters. Default: the topic's name."
  type        = string
  default     = null

  validation {
    condition     = var.display_name == null || can(regex("^[^\\r\\n]{1,100}$", var.display_name))
    error_message = "display_name must be one line of 1 to 100 characters."
  }
}

variable "kms_key" {
  description = "Customer-managed key that encrypts the messages. Its policy must allow `kms:GenerateDataKey*` and `kms:Decrypt` to the publishers, the services events.amazonaws.com and cloudwatch.amazonaws.com included. Default: a key created here, with such a policy and yearly rotation."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.kms_key.arn))
    )
    error_message = "kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "publishers" {
  description = "Roles that may publish, by a key of your choice that does not change later. Default: none."
  type        = map(object({ role_arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.publishers) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "publishers must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(var.publishers) <= 50
    error_message = "publishers must have at most 50 roles: the policies of topic and key hold 30 KB."
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
  description = "EventBridge rules that may publish, by a key of your choice that does not change later. Default: none."
  type        = map(object({ arn = string }))
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.event_rules) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "event_rules must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(var.event_rules) <= 50
    error_message = "event_rules must have at most 50 rules: a topic's policy holds 30 KB."
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
  description = "Subscriptions of the topic, by a key of your choice that does not change later. Changing one touches no other. Default: none."
  type = map(object({
    # SNS protocol: `email`, `email-json`, `sqs`, `https` or `lambda`. Must be known at plan time.
    # The policy of an `sqs` queue must let the topic send; a `lambda` function is given the
    # permission here.
    protocol = string
    # E-mail address, ARN of a queue or function, or URL. An e-mail subscription gets nothing until
    # its owner confirms it.
    endpoint = string
    # Filter policy: the subscription gets only messages with these attributes, e.g. `{ decision =
    # ["waiting", "failed"] }`. Default: every message.
    filter_policy = optional(map(list(string)))
    # Delivers the message itself, without SNS's JSON envelope. Only for `sqs` and `https`.
    raw_message_delivery = optional(bool, false)
    # Dead-letter queue for messages that SNS cannot deliver. Default: none: SNS drops such a
    # message after its retries.
    dead_letter_queue = optional(object({ arn = string }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.subscriptions) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(distinct([for entry in var.subscriptions : jsonencode([entry.protocol, entry.endpoint])])) == length(var.subscriptions)
    error_message = "subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out."
  }

  validation {
    condition = length([
      for entry in values(var.subscriptions) : entry
      if entry.filter_policy != null
    ]) <= 200
    error_message = "subscriptions must have at most 200 subscriptions with a filter_policy, SNS's quota for a topic: subscribe machines without one and filter there."
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["email", "email-json"], entry.protocol)
      ? can(regex("^[^@ \\t\\r\\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$", entry.endpoint))
      : true
    ])
    error_message = format(
      "subscriptions: must have an e-mail address as endpoint when protocol is email or email-json; entries that break this: %s.",
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
      "subscriptions: must have the ARN of a standard queue as endpoint when protocol is sqs; entries that break this: %s.",
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
      "subscriptions: must have the ARN of a function as endpoint when protocol is lambda; entries that break this: %s.",
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
      "subscriptions: must have a URL that begins with https:// as endpoint when protocol is https; entries that break this: %s.",
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
      "subscriptions: must have raw_message_delivery only with the protocol sqs or https: leave it out for the others; entries that break this: %s.",
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
      "subscriptions: filter_policy must filter only on decision, event, project, environment and severity, the attributes of announcements; entries that break this: %s.",
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
      "subscriptions: filter_policy must list at least one value for each attribute: an empty list lets no message through; entries that break this: %s.",
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
      "subscriptions: filter_policy must use only approved, rejected, waiting, failed as values of decision: no message has another; entries that break this: %s.",
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
      "subscriptions: filter_policy must use only granted, grant-failed, revoked as values of event: no message has another; entries that break this: %s.",
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
      "subscriptions: filter_policy must use only low, medium, high, critical as values of severity: no message has another; entries that break this: %s.",
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
      "subscriptions: filter_policy must not filter on both decision and event: no message has both, so use two subscriptions; entries that break this: %s.",
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
      "subscriptions: filter_policy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions; entries that break this: %s.",
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
