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

variable "domain" {
  description = "The Amazon DataZone domain; the rule must be in its account and Region, on the default event bus."
  type        = object({ id = string })
  nullable    = false

  validation {
    condition     = can(regex("^dzd[-_][a-zA-Z0-9_-]{1,36}$", var.domain.id))
    error_message = "domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -."
  }
}

variable "publishing_projects" {
  description = "Projects whose requests the rule lets through, by a name of yours. About 90 fit into an event pattern."
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
    error_message = "publishing_projects must name at least 1 project."
  }

  validation {
    condition = alltrue([
      for entry in var.publishing_projects : can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.id))
    ])
    error_message = format(
      "publishing_projects: id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -; not so: %s.",
      join(", ", [
        for key, entry in var.publishing_projects : key
        if !can(regex("^[a-zA-Z0-9_-]{1,36}$", entry.id))
      ])
    )
  }
}

variable "queue" {
  description = "Queue that gets the events. Its policy must let the rule send."
  type        = object({ arn = string })
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", var.queue.arn))
    error_message = "queue.arn must be an ARN (arn:partition:service:region:account:resource)."
  }
}

variable "dead_letter_queue" {
  description = "Queue for events that cannot be delivered within a day. Its policy must let the rule send."
  type        = object({ arn = string })
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", var.dead_letter_queue.arn))
    error_message = "dead_letter_queue.arn must be an ARN (arn:partition:service:region:account:resource)."
  }
}

variable "arrival_notices" {
  description = "Topic that is told in words that a request has arrived. Its policy must let the rule publish. Default: no such notices."
  type        = object({ topic_arn = string })
  default     = null

  validation {
    condition = (
      var.arrival_notices == null
      || can(regex("^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+$", var.arrival_notices.topic_arn))
    )
    error_message = "arrival_notices.topic_arn must be an ARN (arn:partition:service:region:account:resource)."
  }
}

variable "sweep" {
  description = "Schedule on which the approver decides what is still pending. Default: none: a first deployment does not decide the backlog unasked."
  type = object({
    # Minutes between sweeps, 5 to 1,440.
    every_minutes = number
    # Name of the approver's function.
    function_name = string
    # Alias of the function that is invoked.
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
}
