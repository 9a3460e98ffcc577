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
  description = "The Amazon DataZone domain. Deploy the rules in its account and Region: its events reach no other event bus."
  type        = object({ id = string })
  nullable    = false

  validation {
    condition     = can(regex("^dzd[-_][a-zA-Z0-9_-]{1,36}$", var.domain.id))
    error_message = "domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -."
  }
}

variable "publishing_projects" {
  description = "Publishing projects whose subscription requests the rules let through: at most 1,000, by a key of your choice that does not change later, because the key decides which of the sixteen rules a project is in."
  type        = map(object({ id = string }))
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.publishing_projects) : can(regex("^[A-Za-z][A-Za-z0-9-]{0,39}$", key))
    ])
    error_message = "publishing_projects must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names."
  }

  validation {
    condition     = length(var.publishing_projects) >= 1
    error_message = "publishing_projects must have at least 1 project."
  }

  validation {
    condition     = length(var.publishing_projects) <= 1000
    error_message = "publishing_projects must have at most 1000 projects: deploy a second approval for the rest."
  }

  validation {
    condition     = length(distinct([for entry in var.publishing_projects : jsonencode([entry.id])])) == length(var.publishing_projects)
    error_message = "publishing_projects must not have the same project under two keys."
  }

  validation {
    condition = alltrue([
      for entry in var.publishing_projects : can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.id))
    ])
    error_message = format(
      "publishing_projects: id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -; entries that break this: %s.",
      join(", ", [
        for key, entry in var.publishing_projects : key
        if !can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.id))
      ])
    )
  }

  validation {
    condition = alltrue([for entry in var.publishing_projects : !can(regex("^dzd[-_]", entry.id))])
    error_message = format(
      "publishing_projects: id must be the id of a project, not of a domain; entries that break this: %s.",
      join(", ", [
        for key, entry in var.publishing_projects : key
        if !(!can(regex("^dzd[-_]", entry.id)))
      ])
    )
  }
}

variable "queue" {
  description = "Queue that gets the events. Its policy must let the rules send (output `rules`)."
  type        = object({ arn = string })
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", var.queue.arn))
    error_message = "queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)."
  }
}

variable "dead_letter_queue" {
  description = "Dead-letter queue for events that cannot be delivered within a day. Its policy must let the rules send."
  type        = object({ arn = string })
  nullable    = false

  validation {
    condition = can(regex(
      "^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$",
      var.dead_letter_queue.arn
    ))
    error_message = "dead_letter_queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)."
  }
}

variable "arrival_notices" {
  description = "Topic that gets a sentence for people when a request arrives. Its policy must let the rules publish (output `request_rules`). Default: nobody is told of an arrival."
  type        = object({ topic_arn = string })
  default     = null

  validation {
    condition = (
      var.arrival_notices == null
      || can(regex(
        "^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$",
        var.arrival_notices.topic_arn
      ))
    )
    error_message = "arrival_notices.topic_arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }
}

variable "sweep" {
  description = "Sweeps: a schedule that makes the approver decide all requests that are still pending. Default: none, so that a first deployment does not decide the backlog unasked."
  type = object({
    # Minutes between sweeps, 5 to 1,440.
    every_minutes = number
    # Name of the approver's function.
    function_name = string
    # Alias of that function to invoke.
    function_alias = string
  })
  default = null

  validation {
    condition = (
      var.sweep == null
      ? true
      : var.sweep.every_minutes >= 5
      && var.sweep.every_minutes <= 1440
      && floor(var.sweep.every_minutes) == var.sweep.every_minutes
    )
    error_message = "sweep.every_minutes must be a whole number of minutes from 5 to 1440."
  }

  validation {
    condition     = var.sweep == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.sweep.function_name))
    error_message = "sweep.function_name must not be empty, or begin or end with a blank."
  }

  validation {
    condition     = var.sweep == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.sweep.function_alias))
    error_message = "sweep.function_alias must not be empty, or begin or end with a blank."
  }
}

variable "operators" {
  description = "Topic for alarms on events that a rule could deliver neither to the queue nor, afterwards, to the dead-letter queue. Its policy must let CloudWatch publish. Default: no alarms."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.operators == null
      || can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.operators.arn))
    )
    error_message = "operators.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }
}

variable "after" {
  description = "Attributes of resources to create before and destroy after this, e.g. `{ bucket = module.data.bucket_arn }`, by a key of your choice. Use it in place of `depends_on` on the module call, which delays the module's data sources until apply. Default: no order beyond that of the other inputs."
  type        = map(string)
  default     = {}
  nullable    = false
}
