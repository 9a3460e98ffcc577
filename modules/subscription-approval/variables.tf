variable "name" {
  description = "Name of the deployment; the names of its resources start with it. 1 to 30 lower-case letters, digits and hyphens, not beginning with aws or ssm."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,29}$", var.name))
    error_message = "name must be 1 to 30 lower-case letters, digits and hyphens, and start with a letter."
  }

  validation {
    condition     = !can(regex("^(aws|ssm)", var.name))
    error_message = "name must not begin with aws or ssm: SSM parameters get this name, and Parameter Store refuses such names."
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

variable "environment" {
  description = "Value of `context.environment` in the Cedar policies, e.g. `dev` or `prod`: so one policy can hold in one environment only."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.environment))
    error_message = "environment must be 1 to 64 letters, digits, _ and -."
  }
}

variable "domain" {
  description = "The Amazon DataZone domain and, where it is encrypted with one, its customer-managed key."
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
    error_message = "domain.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "publishing_projects" {
  description = "Amazon DataZone projects whose subscription requests the approver decides, by a key of your choice that does not change later."
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

variable "policies" {
  description = "Cedar policies by their `@id`, at most 4,096 bytes each: each becomes one SSM parameter of the standard tier."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.policies) >= 1
    error_message = "policies must have at least 1 policy."
  }

  validation {
    condition     = length(var.policies) <= 500
    error_message = "policies must have at most 500 policies: the function reads all of them, ten at a time, whenever a process starts."
  }

  validation {
    condition     = alltrue([for key in keys(var.policies) : can(regex("^[a-z0-9-]{1,64}$", key))])
    error_message = "policies must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens."
  }

  validation {
    condition = alltrue([
      for text in values(var.policies) : length(replace(base64encode(text), "=", "")) <= 5462
    ])
    error_message = "policies must be at most 4,096 bytes each, the size of an SSM parameter: split a longer policy."
  }

  validation {
    condition = alltrue([
      for text in values(var.policies) : !can(regex("[{][{](.|\\n)*[}][}]", text))
    ])
    error_message = "policies must not hold {{…}}, which Parameter Store refuses: put a space between the braces."
  }

  validation {
    condition = length([
      for key, text in var.policies : key
      if !strcontains(
        replace(text, "/(\"(?:\\\\.|[^\"\\\\])*\")|//[^\\n]*|[ \\t\\r\\n]+/", "$1"),
        "@id(\"${key}\")"
      )
    ]) == 0
    error_message = format(
      "policies: each policy must have its key as its id; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, text in var.policies : key
            if !strcontains(
              replace(text, "/(\"(?:\\\\.|[^\"\\\\])*\")|//[^\\n]*|[ \\t\\r\\n]+/", "$1"),
              "@id(\"${key}\")"
            )
          ],
          []
        )
      )
    )
  }

  validation {
    condition = length([
      for key, text in { for id, policy in var.policies : id => replace(policy, "/\"(?:\\\\.|[^\"\\\\])*\"|//[^\\n]*/", "") } :
      key
      if !(
        endswith(trimspace(text), ";")
        && length(regexall("\\b(?:permit|forbid)[ \\t\\r\\n]*[(]", text)) == 1
        && length(regexall("[(]", text)) == length(regexall("[)]", text))
        && length(regexall("[{]", text)) == length(regexall("[}]", text))
        && length(regexall("\\[", text)) == length(regexall("\\]", text))
      )
    ]) == 0
    error_message = format(
      "policies: each must be one policy, permit (…) or forbid (…), with all of its brackets closed and a ; at its end; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, text in { for id, policy in var.policies : id => replace(policy, "/\"(?:\\\\.|[^\"\\\\])*\"|//[^\\n]*/", "") } :
            key
            if !(
              endswith(trimspace(text), ";")
              && length(regexall("\\b(?:permit|forbid)[ \\t\\r\\n]*[(]", text)) == 1
              && length(regexall("[(]", text)) == length(regexall("[)]", text))
              && length(regexall("[{]", text)) == length(regexall("[}]", text))
              && length(regexall("\\[", text)) == length(regexall("\\]", text))
            )
          ],
          []
        )
      )
    )
  }
}

variable "sweep" {
  description = "Sweeps: on a schedule the approver decides all requests that are still pending, also those whose event was lost. Default: none, so that a first deployment does not decide the backlog unasked."
  type = object({
    # Minutes between sweeps, 5 to 1,440.
    every_minutes = number
    # Minimum age in minutes, 0 to 1,440, of a request that a sweep decides: Amazon DataZone may
    # still be approving a younger one itself.
    minimum_age_minutes = optional(number, 15)
    # Hours, 1 to 8,760, that a request may wait for a decision before an alarm tells operators.
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

variable "dashboard" {
  description = "A CloudWatch dashboard, named like the deployment: decisions by outcome, what waits, queues, errors and sweeps. `{}` makes it. Default: none."
  type        = object({})
  default     = null
}

variable "approver_role" {
  description = "A separate role that becomes the project member and that the function assumes for its Amazon DataZone calls. `{}` makes one; `role` names an existing one, which must trust the function's role and have the permissions of the output `approver_policy`. Default: the function calls Amazon DataZone with its own role."
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
  description = "Existing execution role of the function. It must have the permissions of the output `function_policy`: nothing is attached to it. Default: a role created here, with those permissions."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.role == null || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", var.role.arn))
    error_message = "role.arn must be the ARN of a role (arn:partition:iam::account:role/…)."
  }
}

variable "queue" {
  description = "Existing queue for the requests. It needs a visibility timeout of at least 720 seconds, a redrive policy, and a queue policy that lets the event rules send; none of these is changed here. Default: a queue created here."
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
    error_message = "queue must have the arn, url and name of one and the same queue: copy all three from one aws_sqs_queue."
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
  description = "Existing dead-letter queue, for requests that cannot be delivered or decided. Its policy must let the event rules send. Default: a queue created here, which keeps messages for 14 days."
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
    error_message = "dead_letter_queue must have the arn, url and name of one and the same queue: copy all three from one aws_sqs_queue."
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
    error_message = "queue_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "success_topic" {
  description = "Topic that Lambda tells of every asynchronous invocation of the function that succeeded, e.g. a sweep. Default: none."
  type = object({
    arn = string
    # Customer-managed key that encrypts the topic's messages, so that the approver gets permission
    # to use it. Default: none: the topic has no customer-managed key.
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
    error_message = "success_topic.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "vpc" {
  description = "VPC subnets and security groups of the function. From there it must reach DataZone, SQS, SNS, SSM and, with `approver_role`, STS. Default: outside any VPC."
  type = object({
    # Ids of the subnets for the function's network interfaces, preferably in two or more
    # Availability Zones.
    subnet_ids = list(string)
    # Ids of the security groups of the network interfaces.
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) >= 1
    error_message = "vpc.subnet_ids must have at least 1 subnet."
  }

  validation {
    condition     = var.vpc == null ? true : length(distinct(var.vpc.subnet_ids)) == length(var.vpc.subnet_ids)
    error_message = "vpc.subnet_ids must not have the same subnet twice."
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) <= 16
    error_message = "vpc.subnet_ids must have at most 16 subnets, the limit of SageMaker and Lambda."
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
    error_message = "vpc.security_group_ids must have at least 1 security group."
  }

  validation {
    condition = (
      var.vpc == null
      ? true
      : length(distinct(var.vpc.security_group_ids)) == length(var.vpc.security_group_ids)
    )
    error_message = "vpc.security_group_ids must not have the same security group twice."
  }

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.security_group_ids) <= 5
    error_message = "vpc.security_group_ids must have at most 5 security groups, the limit of SageMaker and Lambda."
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
  description = "Retention and encryption of the function's log group. The policy of its `kms_key` must let CloudWatch Logs of the Region use the key. Default: kept for a year, encrypted by CloudWatch Logs itself."
  type = object({
    # Days that log events are kept: a number that CloudWatch Logs accepts, e.g. 30, 90, 365 or 731.
    retention_days = optional(number, 365)
    # Customer-managed key that encrypts the log group. Default: encrypted by CloudWatch Logs
    # itself.
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
    error_message = "logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}

variable "notifications" {
  description = "Topic for the people who ask and approve. It gets each decision, with the message attributes `decision` (approved, rejected, waiting, failed), `project` (id of the publishing project), `environment` and, where a policy sets one, `severity`. Default: a topic without subscriptions."
  type = object({
    # Subscriptions of the topic, by a key of your choice that does not change later. Default: none.
    subscriptions = optional(map(object({
      # SNS protocol: `email`, `email-json`, `sqs`, `https` or `lambda`. Must be known at plan time.
      # The policy of an `sqs` queue must let the topic send; a `lambda` function is given the
      # permission here.
      protocol = string
      # E-mail address, ARN of a queue or function, or URL. An e-mail subscription gets nothing
      # until its owner confirms it.
      endpoint = string
      # Filter policy: the subscription gets only messages with these attributes, e.g. `{ decision =
      # ["waiting", "failed"] }`. Default: every message.
      filter_policy = optional(map(list(string)))
      # Delivers the message itself, without SNS's JSON envelope. Only for `sqs` and `https`.
      raw_message_delivery = optional(bool, false)
      # Dead-letter queue for messages that SNS cannot deliver. Default: none: SNS drops such a
      # message after its retries.
      dead_letter_queue = optional(object({ arn = string }))
    })), {})
    # Sender name that e-mail subscribers see, at most 100 characters. Default: the topic's name.
    display_name = optional(string)
    # Customer-managed key that encrypts the messages. Its policy must allow `kms:GenerateDataKey*`
    # and `kms:Decrypt` to the approver's role, events.amazonaws.com and cloudwatch.amazonaws.com.
    # Default: a key created here.
    kms_key = optional(object({ arn = string }))
    # Existing topic. Its policy must let the approver's role, the event rules and CloudWatch
    # publish. Default: a topic created here.
    topic = optional(object({ arn = string }))
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.notifications.subscriptions) :
      can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "notifications.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(distinct([for entry in var.notifications.subscriptions : jsonencode([entry.protocol, entry.endpoint])])) == length(var.notifications.subscriptions)
    error_message = "notifications.subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out."
  }

  validation {
    condition = length([
      for entry in values(var.notifications.subscriptions) : entry
      if entry.filter_policy != null
    ]) <= 200
    error_message = "notifications.subscriptions must have at most 200 subscriptions with a filter_policy, SNS's quota for a topic: subscribe machines without one and filter there."
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      contains(["email", "email-json"], entry.protocol)
      ? can(regex("^[^@ \\t\\r\\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$", entry.endpoint))
      : true
    ])
    error_message = format(
      "notifications.subscriptions: must have an e-mail address as endpoint when protocol is email or email-json; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      contains(["sqs"], entry.protocol)
      ? can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.endpoint))
      : true
    ])
    error_message = format(
      "notifications.subscriptions: must have the ARN of a standard queue as endpoint when protocol is sqs; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      contains(["lambda"], entry.protocol)
      ? can(regex(
        "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$",
        entry.endpoint
      ))
      : true
    ])
    error_message = format(
      "notifications.subscriptions: must have the ARN of a function as endpoint when protocol is lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      contains(["https"], entry.protocol)
      ? can(regex("^https:[/][/][^ \\t\\r\\n/]+([/?#][^ \\t\\r\\n]*)?$", entry.endpoint))
      : true
    ])
    error_message = format(
      "notifications.subscriptions: must have a URL that begins with https:// as endpoint when protocol is https; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      !entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol)
    ])
    error_message = format(
      "notifications.subscriptions: must have raw_message_delivery only with the protocol sqs or https: leave it out for the others; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if !(!entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
    ])
    error_message = format(
      "notifications.subscriptions: protocol must be one of email, email-json, sqs, https, lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if !contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
    ])
    error_message = format(
      "notifications.subscriptions: endpoint must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for key in keys(entry.filter_policy) :
        can(regex("^(decision|event|project|environment|severity)$", key))
      ])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must filter only on decision, event, project, environment and severity, the attributes of announcements; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([for values in entry.filter_policy : length(values) > 0])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must list at least one value for each attribute: an empty list lets no message through; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([for values in entry.filter_policy : length(values) > 0])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "decision", []) :
        contains(["approved", "rejected", "waiting", "failed"], item)
      ])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must use only approved, rejected, waiting, failed as values of decision: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "event", []) :
        contains(["granted", "grant-failed", "revoked"], item)
      ])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must use only granted, grant-failed, revoked as values of event: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "severity", []) :
        contains(["low", "medium", "high", "critical"], item)
      ])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must use only low, medium, high, critical as values of severity: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must not filter on both decision and event: no message has both, so use two subscriptions; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.notifications.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in entry.filter_policy : alltrue([
          for part in item : can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", part))
        ])
      ])
    ])
    error_message = format(
      "notifications.subscriptions: filter_policy must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
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
      for entry in var.notifications.subscriptions :
      entry.dead_letter_queue == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.dead_letter_queue.arn))
    ])
    error_message = format(
      "notifications.subscriptions: dead_letter_queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name); entries that break this: %s.",
      join(", ", [
        for key, entry in var.notifications.subscriptions : key
        if entry.dead_letter_queue != null
        && !can(regex(
          "^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$",
          entry.dead_letter_queue.arn
        ))
      ])
    )
  }

  validation {
    condition = (
      var.notifications.display_name == null
      || can(regex("^[^\\r\\n]{1,100}$", var.notifications.display_name))
    )
    error_message = "notifications.display_name must be one line of 1 to 100 characters."
  }

  validation {
    condition = (
      var.notifications.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.notifications.kms_key.arn))
    )
    error_message = "notifications.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }

  validation {
    condition = (
      var.notifications.topic == null
      || can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.notifications.topic.arn))
    )
    error_message = "notifications.topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }
}

variable "operators" {
  description = "Topic for operators. It gets alarms and failures, so subscribe a person to it."
  type = object({
    # Subscriptions of the topic, by a key of your choice that does not change later. Default: none.
    subscriptions = optional(map(object({
      # SNS protocol: `email`, `email-json`, `sqs`, `https` or `lambda`. Must be known at plan time.
      # The policy of an `sqs` queue must let the topic send; a `lambda` function is given the
      # permission here.
      protocol = string
      # E-mail address, ARN of a queue or function, or URL. An e-mail subscription gets nothing
      # until its owner confirms it.
      endpoint = string
      # Filter policy: the subscription gets only messages with these attributes, e.g. `{ decision =
      # ["waiting", "failed"] }`. Default: every message.
      filter_policy = optional(map(list(string)))
      # Delivers the message itself, without SNS's JSON envelope. Only for `sqs` and `https`.
      raw_message_delivery = optional(bool, false)
      # Dead-letter queue for messages that SNS cannot deliver. Default: none: SNS drops such a
      # message after its retries.
      dead_letter_queue = optional(object({ arn = string }))
    })), {})
    # Sender name that e-mail subscribers see, at most 100 characters. Default: the topic's name.
    display_name = optional(string)
    # Customer-managed key that encrypts the messages. Its policy must allow `kms:GenerateDataKey*`
    # and `kms:Decrypt` to the approver's role, events.amazonaws.com and cloudwatch.amazonaws.com.
    # Default: a key created here.
    kms_key = optional(object({ arn = string }))
    # Existing topic. Its policy must let the approver's role, the event rules and CloudWatch
    # publish. Default: a topic created here.
    topic = optional(object({ arn = string }))
  })
  nullable = false

  validation {
    condition = alltrue([
      for entry in values(var.operators.subscriptions) : entry.filter_policy == null
    ])
    error_message = "operators must not have subscriptions with a filter_policy, because alarms have no attributes and none would pass: leave filter_policy out."
  }

  validation {
    condition = alltrue([
      for key in keys(var.operators.subscriptions) :
      can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "operators.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
  }

  validation {
    condition     = length(distinct([for entry in var.operators.subscriptions : jsonencode([entry.protocol, entry.endpoint])])) == length(var.operators.subscriptions)
    error_message = "operators.subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out."
  }

  validation {
    condition = length([
      for entry in values(var.operators.subscriptions) : entry
      if entry.filter_policy != null
    ]) <= 200
    error_message = "operators.subscriptions must have at most 200 subscriptions with a filter_policy, SNS's quota for a topic: subscribe machines without one and filter there."
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      contains(["email", "email-json"], entry.protocol)
      ? can(regex("^[^@ \\t\\r\\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$", entry.endpoint))
      : true
    ])
    error_message = format(
      "operators.subscriptions: must have an e-mail address as endpoint when protocol is email or email-json; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      contains(["sqs"], entry.protocol)
      ? can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.endpoint))
      : true
    ])
    error_message = format(
      "operators.subscriptions: must have the ARN of a standard queue as endpoint when protocol is sqs; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      contains(["lambda"], entry.protocol)
      ? can(regex(
        "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$",
        entry.endpoint
      ))
      : true
    ])
    error_message = format(
      "operators.subscriptions: must have the ARN of a function as endpoint when protocol is lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      contains(["https"], entry.protocol)
      ? can(regex("^https:[/][/][^ \\t\\r\\n/]+([/?#][^ \\t\\r\\n]*)?$", entry.endpoint))
      : true
    ])
    error_message = format(
      "operators.subscriptions: must have a URL that begins with https:// as endpoint when protocol is https; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      !entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol)
    ])
    error_message = format(
      "operators.subscriptions: must have raw_message_delivery only with the protocol sqs or https: leave it out for the others; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if !(!entry.raw_message_delivery || contains(["sqs", "https"], entry.protocol))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
    ])
    error_message = format(
      "operators.subscriptions: protocol must be one of email, email-json, sqs, https, lambda; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if !contains(["email", "email-json", "sqs", "https", "lambda"], entry.protocol)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
    ])
    error_message = format(
      "operators.subscriptions: endpoint must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if !can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", entry.endpoint))
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for key in keys(entry.filter_policy) :
        can(regex("^(decision|event|project|environment|severity)$", key))
      ])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must filter only on decision, event, project, environment and severity, the attributes of announcements; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([for values in entry.filter_policy : length(values) > 0])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must list at least one value for each attribute: an empty list lets no message through; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !alltrue([for values in entry.filter_policy : length(values) > 0])
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "decision", []) :
        contains(["approved", "rejected", "waiting", "failed"], item)
      ])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must use only approved, rejected, waiting, failed as values of decision: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "event", []) :
        contains(["granted", "grant-failed", "revoked"], item)
      ])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must use only granted, grant-failed, revoked as values of event: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in lookup(entry.filter_policy, "severity", []) :
        contains(["low", "medium", "high", "critical"], item)
      ])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must use only low, medium, high, critical as values of severity: no message has another; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must not filter on both decision and event: no message has both, so use two subscriptions; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setintersection(keys(entry.filter_policy), ["decision", "event"])) < 2)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if entry.filter_policy == null
        ? false
        : !(length(setproduct([1], [1], values(entry.filter_policy)...)) <= 150)
      ])
    )
  }

  validation {
    condition = alltrue([
      for entry in var.operators.subscriptions :
      entry.filter_policy == null
      ? true
      : alltrue([
        for item in entry.filter_policy : alltrue([
          for part in item : can(regex("^[^ \\t\\r\\n](.*[^ \\t\\r\\n])?$", part))
        ])
      ])
    ])
    error_message = format(
      "operators.subscriptions: filter_policy must not be empty, or begin or end with a blank; entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
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
      for entry in var.operators.subscriptions :
      entry.dead_letter_queue == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$", entry.dead_letter_queue.arn))
    ])
    error_message = format(
      "operators.subscriptions: dead_letter_queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name); entries that break this: %s.",
      join(", ", [
        for key, entry in var.operators.subscriptions : key
        if entry.dead_letter_queue != null
        && !can(regex(
          "^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$",
          entry.dead_letter_queue.arn
        ))
      ])
    )
  }

  validation {
    condition     = var.operators.display_name == null || can(regex("^[^\\r\\n]{1,100}$", var.operators.display_name))
    error_message = "operators.display_name must be one line of 1 to 100 characters."
  }

  validation {
    condition = (
      var.operators.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.operators.kms_key.arn))
    )
    error_message = "operators.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }

  validation {
    condition = (
      var.operators.topic == null
      || can(regex("^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.operators.topic.arn))
    )
    error_message = "operators.topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)."
  }
}

variable "arrival_notices" {
  description = "`{}` also sends a message to `notifications` when a request arrives, before it is decided. These messages have no attributes, so a subscription with a `filter_policy` does not get them. Default: no message when a request arrives."
  type        = object({})
  default     = null
}

variable "membership" {
  description = "Makes the approver's role a contributor of each publishing project, through CloudFormation. What that needs is described at `cloud_formation` of project-membership. Default: no membership is made: run the commands of the output `membership_commands`."
  type = object({
    # Role that CloudFormation assumes to make the memberships. Default: CloudFormation uses the
    # credentials of whoever deploys.
    role = optional(object({ arn = string }))
    # `{}` first makes the user profile of the approver's role in the domain, and adds that profile
    # to the projects. Default: DataZone makes the profile when the role is added.
    user_profile = optional(object({}))
    # Domain units on which, and on all units below which, the approver's role is first granted the
    # policy ADD_TO_PROJECT_MEMBER_POOL, by a key of your choice that does not change later.
    # Default: none: the policy is granted already.
    member_pools = optional(map(object({
      # Id of the domain unit.
      domain_unit_id = string
    })), {})
  })
  default = null

  validation {
    condition = (
      var.membership == null
      ? true
      : var.membership.role == null
      || can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role[/].+$", var.membership.role.arn))
    )
    error_message = "membership.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)."
  }

  validation {
    condition = (
      var.membership == null
      ? true
      : alltrue([
        for key in keys(var.membership.member_pools) : can(regex("^[A-Za-z0-9-]{1,60}$", key))
      ])
    )
    error_message = "membership.member_pools must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names."
  }

  validation {
    condition = (
      var.membership == null
      ? true
      : alltrue([
        for entry in var.membership.member_pools :
        can(regex("^[a-z0-9_-]{1,256}$", entry.domain_unit_id))
      ])
    )
    error_message = format(
      "membership.member_pools: domain_unit_id must be the id of a DataZone domain unit: 1 to 256 lower-case letters, digits, _ or -; entries that break this: %s.",
      join(", ", [
        for key, entry in try(var.membership.member_pools, {}) : key
        if !can(regex("^[a-z0-9_-]{1,256}$", entry.domain_unit_id))
      ])
    )
  }
}
