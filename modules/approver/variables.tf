variable "name" {
  description = "Name of the deployment; the names of its resources start with it. 1 to 40 lower-case letters, digits and hyphens, not beginning with aws or ssm."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,39}$", var.name))
    error_message = "name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter."
  }

  validation {
    condition     = !can(regex("^(aws|ssm)", var.name))
    error_message = "name must not begin with aws or ssm, which Parameter Store refuses in the names of parameters."
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

variable "environment" {
  description = "What the policies know as `context.environment`: `dev`, `prod`, …"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.environment))
    error_message = "environment must be 1 to 64 letters, digits, _ and -."
  }
}

variable "domain" {
  description = "The Amazon DataZone domain, and its customer-managed key, if it has one."
  type = object({
    id      = string
    kms_key = optional(object({ arn = string }))
  })
  nullable = false

  validation {
    condition     = can(regex("^dzd[-_][a-zA-Z0-9_-]{1,36}$", var.domain.id))
    error_message = "domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -."
  }

  validation {
    condition = (
      var.domain.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.domain.kms_key.arn))
    )
    error_message = "domain.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "publishing_projects" {
  description = "Projects that the approver decides for, by a key of your choice that does not change later."
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
    condition     = length(var.publishing_projects) <= 1000
    error_message = "publishing_projects must name at most 1000 projects: deploy a second approval for the rest."
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

variable "policies" {
  description = "Cedar policies by their `@id`; 4,096 bytes each, because each becomes one SSM parameter of the standard tier."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.policies) >= 1
    error_message = "policies must name at least 1 policy."
  }

  validation {
    condition     = length(var.policies) <= 500
    error_message = "policies must name at most 500 policies: the function reads all of them, ten at a time, whenever a process starts."
  }

  validation {
    condition     = alltrue([for key in keys(var.policies) : can(regex("^[a-z0-9-]{1,64}$", key))])
    error_message = "policies must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens."
  }

  validation {
    condition = alltrue([
      for text in values(var.policies) : length(replace(base64encode(text), "=", "")) <= 5462
    ])
    error_message = "policies must be at most 4,096 bytes each: split a longer policy."
  }

  validation {
    condition = alltrue([
      for text in values(var.policies) : !can(regex("[{][{](.|\\n)*[}][}]", text))
    ])
    error_message = "policies must not hold {{…}}, which Parameter Store refuses: put a space between the braces."
  }
}

variable "sweep" {
  description = "A schedule on which the approver decides what is still pending. Default: none: a first deployment does not decide the backlog unasked."
  type = object({
    # Minutes between sweeps, 5 to 1,440.
    every_minutes = number
    # Requests younger than this many minutes are left alone, 0 to 1,440: the service may still be
    # approving them itself.
    minimum_age_minutes = optional(number, 15)
    # Operators are told when a request has waited this many hours for a decision, 1 to 8,760.
    alarm_after_hours = optional(number, 72)
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
    condition = (
      var.sweep == null
      ? true
      : var.sweep.minimum_age_minutes >= 0
      && var.sweep.minimum_age_minutes <= 1440
      && floor(var.sweep.minimum_age_minutes) == var.sweep.minimum_age_minutes
    )
    error_message = "sweep.minimum_age_minutes must be a whole number of minutes from 0 to 1440."
  }

  validation {
    condition = (
      var.sweep == null
      ? true
      : var.sweep.alarm_after_hours >= 1
      && var.sweep.alarm_after_hours <= 8760
      && floor(var.sweep.alarm_after_hours) == var.sweep.alarm_after_hours
    )
    error_message = "sweep.alarm_after_hours must be a whole number of hours from 1 to 8760."
  }
}

variable "approver_role" {
  description = "A separate role that is the project member and that the function assumes for its Amazon DataZone calls: `{}` makes one, `role` names yours, which must trust the function's role and hold the permissions in `approver_policy`. Default: the function's own role makes them."
  type        = object({ role = optional(object({ arn = string })) })
  default     = null

  validation {
    condition = (
      var.approver_role == null
      ? true
      : var.approver_role.role == null
      || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", var.approver_role.role.arn))
    )
    error_message = "approver_role.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)."
  }
}

variable "role" {
  description = "Execution role that is there already. It must hold the permissions in `function_policy`: nothing is attached to it. Default: a role made here, with those."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.role == null || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", var.role.arn))
    error_message = "role.arn must be the ARN of a role (arn:partition:iam::account:role/…)."
  }
}

variable "queue" {
  description = "Queue that is there already. Visibility timeout 720 s or more, a redrive policy of its own, and a policy that lets the event rule send; none of it is touched here. Default: a queue made here."
  type = object({
    arn  = string
    url  = string
    name = string
  })
  default = null

  validation {
    condition = (
      var.queue == null
      ? true
      : endswith(var.queue.arn, format(":%s", var.queue.name))
      && endswith(var.queue.url, format("/%s", var.queue.name))
    )
    error_message = "queue must have the name and the URL of the queue whose ARN it has."
  }

  validation {
    condition = (
      var.queue == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", var.queue.arn))
    )
    error_message = "queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)."
  }

  validation {
    condition     = var.queue == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.queue.url))
    error_message = "queue.url must not be empty, or begin or end with a blank."
  }

  validation {
    condition     = var.queue == null || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.queue.name))
    error_message = "queue.name must not be empty, or begin or end with a blank."
  }
}

variable "dead_letter_queue" {
  description = "Queue for what cannot be delivered or decided, there already. Its policy must let the event rule send. Default: a queue made here, which keeps messages for 14 days."
  type = object({
    arn  = string
    url  = string
    name = string
  })
  default = null

  validation {
    condition = (
      var.dead_letter_queue == null
      ? true
      : endswith(var.dead_letter_queue.arn, format(":%s", var.dead_letter_queue.name))
      && endswith(var.dead_letter_queue.url, format("/%s", var.dead_letter_queue.name))
    )
    error_message = "dead_letter_queue must have the name and the URL of the queue whose ARN it has."
  }

  validation {
    condition = (
      var.dead_letter_queue == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", var.dead_letter_queue.arn))
    )
    error_message = "dead_letter_queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)."
  }

  validation {
    condition = (
      var.dead_letter_queue == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.dead_letter_queue.url))
    )
    error_message = "dead_letter_queue.url must not be empty, or begin or end with a blank."
  }

  validation {
    condition = (
      var.dead_letter_queue == null
      || can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", var.dead_letter_queue.name))
    )
    error_message = "dead_letter_queue.name must not be empty, or begin or end with a blank."
  }
}

variable "queue_key" {
  description = "Customer-managed key of the queues. Its policy must let events.amazonaws.com and the function's role use it (`kms:GenerateDataKey`, `kms:Decrypt`). Default: encrypted by SQS itself (SSE-SQS)."
  type        = object({ arn = string })
  default     = null

  validation {
    condition = (
      var.queue_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.queue_key.arn))
    )
    error_message = "queue_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "success_topic" {
  description = "Topic that hears of every sweep, check or other asynchronous invocation that succeeded. Default: none."
  type = object({
    arn = string
    # Customer-managed key that encrypts the topic's messages. Default: none: no permission on a key
    # is needed.
    kms_key = optional(object({ arn = string }))
  })
  default = null

  validation {
    condition = (
      var.success_topic == null
      || can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.success_topic.arn))
    )
    error_message = "success_topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }

  validation {
    condition = (
      var.success_topic == null
      ? true
      : var.success_topic.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.success_topic.kms_key.arn))
    )
    error_message = "success_topic.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "vpc" {
  description = "Network of the function, which must reach DataZone, SQS, SNS, SSM and, with a separate role, STS. Default: outside any VPC."
  type = object({
    # Subnets of the function's network interfaces, best in two or more Availability Zones.
    subnet_ids = list(string)
    # Security groups of the network interfaces.
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) >= 1
    error_message = "vpc.subnet_ids must name at least 1 subnet."
  }

  validation {
    condition     = var.vpc == null ? true : length(distinct(var.vpc.subnet_ids)) == length(var.vpc.subnet_ids)
    error_message = "vpc.subnet_ids must not name a subnet twice."
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) <= 16
    error_message = "vpc.subnet_ids must name at most 16 subnets, as SageMaker and Lambda have it."
  }

  validation {
    condition = (
      var.vpc == null
      ? true
      : alltrue([for entry in var.vpc.subnet_ids : can(regex("^subnet-[0-9a-f]+$", entry))])
    )
    error_message = format(
      "vpc.subnet_ids: must be the id of a subnet, subnet-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.vpc.subnet_ids, {}) : key
        if !can(regex("^subnet-[0-9a-f]+$", entry))
      ])
    )
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.security_group_ids) >= 1
    error_message = "vpc.security_group_ids must name at least 1 security group."
  }

  validation {
    condition = (
      var.vpc == null
      ? true
      : length(distinct(var.vpc.security_group_ids)) == length(var.vpc.security_group_ids)
    )
    error_message = "vpc.security_group_ids must not name a security group twice."
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.security_group_ids) <= 5
    error_message = "vpc.security_group_ids must name at most 5 security groups, as SageMaker and Lambda have it."
  }

  validation {
    condition = (
      var.vpc == null
      ? true
      : alltrue([for entry in var.vpc.security_group_ids : can(regex("^sg-[0-9a-f]+$", entry))])
    )
    error_message = format(
      "vpc.security_group_ids: must be the id of a security group, sg-…; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.vpc.security_group_ids, {}) : key
        if !can(regex("^sg-[0-9a-f]+$", entry))
      ])
    )
  }
}

variable "logs" {
  description = "The function's log group. `kms_key`'s policy must let the Region's logs service use it. Default: kept for a year, encrypted by CloudWatch Logs itself."
  type = object({
    # Days that log events are kept: one of the periods of CloudWatch Logs.
    retention_days = optional(number, 365)
    # Customer-managed key of the log group. Default: encrypted by CloudWatch Logs itself.
    kms_key = optional(object({ arn = string }))
  })
  default  = {}
  nullable = false

  validation {
    condition = contains(
      [
        1,
        3,
        5,
        7,
        14,
        30,
        60,
        90,
        120,
        150,
        180,
        365,
        400,
        545,
        731,
        1096,
        1827,
        2192,
        2557,
        2922,
        3288,
        3653,
      ],
      var.logs.retention_days
    )
    error_message = "logs.retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }

  validation {
    condition = (
      var.logs.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.logs.kms_key.arn))
    )
    error_message = "logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "topic" {
  description = "Topic that announces decisions."
  type = object({
    arn = string
    # Customer-managed key that encrypts the topic's messages. Default: none: no permission on a key
    # is needed.
    kms_key = optional(object({ arn = string }))
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.topic.arn))
    error_message = "topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }

  validation {
    condition = (
      var.topic.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.topic.kms_key.arn))
    )
    error_message = "topic.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "operators" {
  description = "Topic that alarms and failed asynchronous invocations go to: a person should read it."
  type = object({
    arn = string
    # Customer-managed key that encrypts the topic's messages. Default: none: no permission on a key
    # is needed.
    kms_key = optional(object({ arn = string }))
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.operators.arn))
    error_message = "operators.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }

  validation {
    condition = (
      var.operators.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.operators.kms_key.arn))
    )
    error_message = "operators.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}

variable "event_rules" {
  description = "EventBridge rules that may send to the queues. Default: none."
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
    error_message = "event_rules must name at most 50 rules: a queue's policy holds 8 KB."
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
