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

variable "vpc_cidr" {
  description = "Addresses of the VPC: an IPv4 CIDR from /16 to /28."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(regex("/(1[6-9]|2[0-8])$", var.vpc_cidr))
      && try(cidrsubnet(var.vpc_cidr, 0, 0) == var.vpc_cidr, false)
    )
    error_message = "vpc_cidr must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16."
  }

  validation {
    condition = length([
      for cidr in concat(values(var.private_subnets), values(var.public_subnets)) : cidr
      if !try(
        split("/", cidr)[1] >= split("/", var.vpc_cidr)[1]
        && cidrhost("${split("/", cidr)[0]}/${split("/", var.vpc_cidr)[1]}", 0) == cidrhost(var.vpc_cidr, 0),
        true
      )
    ]) == 0
    error_message = format(
      "vpc_cidr: must hold every subnet; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for cidr in concat(values(var.private_subnets), values(var.public_subnets)) : cidr
            if !try(
              split("/", cidr)[1] >= split("/", var.vpc_cidr)[1]
              && cidrhost("${split("/", cidr)[0]}/${split("/", var.vpc_cidr)[1]}", 0) == cidrhost(var.vpc_cidr, 0),
              true
            )
          ],
          []
        )
      )
    )
  }
}

variable "private_subnets" {
  description = "Private subnets, where Studio, its jobs and its file system are: Availability Zone → CIDR inside the VPC."
  type        = map(string)
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.private_subnets) : can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
    ])
    error_message = "private_subnets must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition     = length(var.private_subnets) >= 1
    error_message = "private_subnets must name at least 1 subnet."
  }

  validation {
    condition = alltrue([
      for entry in var.private_subnets :
      can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false)
    ])
    error_message = format(
      "private_subnets: must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16; entries that break this: %s.",
      join(", ", [
        for key, entry in var.private_subnets : key
        if !(can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false))
      ])
    )
  }

  validation {
    condition = length([
      for i, cidr in concat(values(var.private_subnets), values(var.public_subnets)) : cidr
      if anytrue([
        for other in slice(concat(values(var.private_subnets), values(var.public_subnets)), 0, i) :
        try(
          cidrhost("${split("/", cidr)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0) == cidrhost("${split("/", other)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0),
          false
        )
      ])
    ]) == 0
    error_message = format(
      "private_subnets: must not overlap one another or public_subnets; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for i, cidr in concat(values(var.private_subnets), values(var.public_subnets)) : cidr
            if anytrue([
              for other in slice(concat(values(var.private_subnets), values(var.public_subnets)), 0, i) :
              try(
                cidrhost("${split("/", cidr)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0) == cidrhost("${split("/", other)[0]}/${min(split("/", cidr)[1], split("/", other)[1])}", 0),
                false
              )
            ])
          ],
          []
        )
      )
    )
  }
}

variable "public_subnets" {
  description = "Public subnets, for NAT gateways: Availability Zone → CIDR inside the VPC. Default: none, and no internet gateway."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.public_subnets) : can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
    ])
    error_message = "public_subnets must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition = alltrue([
      for entry in var.public_subnets :
      can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false)
    ])
    error_message = format(
      "public_subnets: must be an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16; entries that break this: %s.",
      join(", ", [
        for key, entry in var.public_subnets : key
        if !(can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false))
      ])
    )
  }
}

variable "nat_gateways" {
  description = "NAT gateways, by the Availability Zone of the public subnet that they stand in. One serves all private subnets; with one in each zone, each serves its own. Private subnets without one of their own use that of the first zone. Default: none: private subnets reach S3 and `interface_endpoints`, and nothing else."
  type = map(object({
    # Elastic IP to come from, e.g. because others know it. Default: one made here.
    elastic_ip = optional(object({ allocation_id = string }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.nat_gateways) : can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", key))
    ])
    error_message = "nat_gateways must have Availability Zones as keys, e.g. us-east-1a."
  }

  validation {
    condition = alltrue([
      for entry in var.nat_gateways :
      entry.elastic_ip == null || can(regex("^eipalloc-[0-9a-f]+$", entry.elastic_ip.allocation_id))
    ])
    error_message = format(
      "nat_gateways: elastic_ip.allocation_id must be the id of an Elastic IP, eipalloc-…; entries that break this: %s.",
      join(", ", [
        for key, entry in var.nat_gateways : key
        if entry.elastic_ip != null
        && !can(regex("^eipalloc-[0-9a-f]+$", entry.elastic_ip.allocation_id))
      ])
    )
  }

  validation {
    condition = length(setsubtract(keys(var.nat_gateways), keys(var.public_subnets))) == 0
    error_message = format(
      "nat_gateways: each must stand in the zone of a public subnet; entries that break this: %s.",
      join(", ", try(setsubtract(keys(var.nat_gateways), keys(var.public_subnets)), []))
    )
  }
}

variable "studio_endpoints" {
  description = "Interface endpoints for what Studio and its jobs need where there is no NAT gateway: the SageMaker API and runtime, Studio itself, STS, CloudWatch Logs and ECR. S3 has its gateway endpoint. Package registries stay out of reach. Default: none."
  type        = object({})
  default     = null
}

variable "interface_endpoints" {
  description = "AWS services to reach without the internet, by a key of your choice that does not change later: `{ sagemaker = { service = \"sagemaker.api\" } }`. `s3` is for whoever comes from outside the VPC: inside it S3 stays with its gateway endpoint. Default: none."
  type = map(object({
    # What follows `com.amazonaws.<region>.` in the service's name; or the whole name, where it
    # begins otherwise: `aws.sagemaker.us-east-1.studio`, `cn.com.amazonaws.cn-north-1.sts`.
    service = string
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for key in keys(var.interface_endpoints) : can(regex("^[a-z][a-z0-9_-]{0,31}$", key))
    ])
    error_message = "interface_endpoints must have keys of lower-case letters, digits, _ and -."
  }

  validation {
    condition = alltrue([
      for entry in var.interface_endpoints :
      can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
    ])
    error_message = format(
      "interface_endpoints: service must be an endpoint service: what follows com.amazonaws.<region>., e.g. sagemaker.api, or a whole name, e.g. aws.sagemaker.us-east-1.studio; entries that break this: %s.",
      join(", ", [
        for key, entry in var.interface_endpoints : key
        if !can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
      ])
    )
  }

  validation {
    condition = (
      var.studio_endpoints == null
      || !anytrue([
        for endpoint in var.interface_endpoints :
        can(regex(
          "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
          endpoint.service
        ))
      ])
    )
    error_message = "interface_endpoints: must not name a service that studio_endpoints has already: two endpoints of one VPC cannot have the same private names."
  }
}

variable "public_buckets" {
  description = "Buckets of others whose objects may be read through the S3 endpoint without this account's credentials, by a name that stays. ECR's, which holds the layers of its images, always may. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.public_buckets) <= 100
    error_message = "public_buckets must name at most 100 buckets: an endpoint's policy holds 20 KB."
  }
}

variable "trusted_accounts" {
  description = "Accounts whose data this account's people are granted by S3 Access Grants, by a key of your choice that does not change later: through the S3 endpoint, credentials of such an account reach what is in these accounts. Default: none; credentials of other accounts do not work in the network."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.trusted_accounts) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "trusted_accounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses."
  }

  validation {
    condition = alltrue([for entry in var.trusted_accounts : can(regex("^[0-9]{12}$", entry))])
    error_message = format(
      "trusted_accounts: must be the 12 digits of an AWS account; entries that break this: %s.",
      join(", ", [
        for key, entry in var.trusted_accounts : key
        if !can(regex("^[0-9]{12}$", entry))
      ])
    )
  }
}

variable "flow_logs" {
  description = "Records who talks to whom in CloudWatch Logs. Default: not recorded."
  type = object({
    # Days that log events are kept: one of the periods of CloudWatch Logs.
    retention_days = optional(number, 365)
    # Customer-managed key of the log group. Default: encrypted by CloudWatch Logs itself.
    kms_key = optional(object({ arn = string }))
  })
  default = null

  validation {
    condition = (
      var.flow_logs == null
      ? true
      : contains(
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
        var.flow_logs.retention_days
      )
    )
    error_message = "flow_logs.retention_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }

  validation {
    condition = (
      var.flow_logs == null
      ? true
      : var.flow_logs.kms_key == null
      || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key[/].+$", var.flow_logs.kms_key.arn))
    )
    error_message = "flow_logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias: permissions are on keys."
  }
}
