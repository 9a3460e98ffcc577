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
}

variable "topic" {
  description = "A topic that is there already. Its policy, and that of its key, must let the publishers in: neither is touched here. Give its customer-managed key, if it has one, as `kms_key`. Default: a topic made here."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.topic == null || can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", var.topic.arn))
    error_message = "topic.arn must be an ARN (arn:partition:service:region:account:resource)."
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
      || can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", var.kms_key.arn))
    )
    error_message = "kms_key.arn must be an ARN (arn:partition:service:region:account:resource)."
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
    condition = alltrue([
      for entry in var.publishers :
      can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.role_arn))
    ])
    error_message = format(
      "publishers: role_arn must be an ARN (arn:partition:service:region:account:resource); not so: %s.",
      join(", ", [
        for key, entry in var.publishers : key
        if !can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.role_arn))
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
    condition = alltrue([
      for entry in var.event_rules :
      can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.arn))
    ])
    error_message = format(
      "event_rules: arn must be an ARN (arn:partition:service:region:account:resource); not so: %s.",
      join(", ", [
        for key, entry in var.event_rules : key
        if !can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.arn))
      ])
    )
  }
}

variable "subscriptions" {
  description = "Subscriptions, keyed by a name that stays: a change touches that one alone. Default: none."
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
    condition = alltrue([
      for entry in var.subscriptions :
      contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
    ])
    error_message = format(
      "subscriptions: protocol must be one of email, email-json, sqs, https, lambda; not so: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if !contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for key in keys(entry.filter_policy) : can(regex("^(decision|project|environment)$", key))
      ])
    ])
    error_message = format(
      "subscriptions: filter_policy may filter on decision, project and environment; not so: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([
          for key in keys(entry.filter_policy) : can(regex("^(decision|project|environment)$", key))
        ])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.subscriptions :
      entry.dead_letter_queue == null
      || can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.dead_letter_queue.arn))
    ])
    error_message = format(
      "subscriptions: dead_letter_queue.arn must be an ARN (arn:partition:service:region:account:resource); not so: %s.",
      join(", ", [
        for key, entry in var.subscriptions : key
        if entry.dead_letter_queue != null
        && !can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", entry.dead_letter_queue.arn))
      ])
    )
  }
}
