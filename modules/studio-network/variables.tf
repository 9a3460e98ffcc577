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

variable "vpc_cidr" {
  description = "IPv4 CIDR of the VPC, from /16 to /28."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(regex("/(1[6-9]|2[0-8])$", var.vpc_cidr))
      && try(cidrsubnet(var.vpc_cidr, 0, 0) == var.vpc_cidr, false)
    )
    error_message = "vpc_cidr must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16."
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
      "vpc_cidr: must contain every subnet: take a larger CIDR, or move the subnet; entries that break this: %s.",
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
  description = "Private subnets, for Studio, its jobs and its file system: a CIDR inside the VPC by Availability Zone, e.g. `{ \"us-east-1a\": \"10.0.1.0/24\" }`."
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
    error_message = "private_subnets must have at least 1 subnet."
  }

  validation {
    condition = alltrue([
      for entry in var.private_subnets :
      can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false)
    ])
    error_message = format(
      "private_subnets: must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16; entries that break this: %s.",
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
      "private_subnets: must not overlap one another or public_subnets: give each subnet addresses of its own; entries that break this: %s.",
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
  description = "Public subnets, for NAT gateways: a CIDR inside the VPC by Availability Zone. Default: none, and no internet gateway."
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
      "public_subnets: must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16; entries that break this: %s.",
      join(", ", [
        for key, entry in var.public_subnets : key
        if !(can(regex("/(1[6-9]|2[0-8])$", entry)) && try(cidrsubnet(entry, 0, 0) == entry, false))
      ])
    )
  }
}

variable "nat_gateways" {
  description = "NAT gateways, by the Availability Zone of the public subnet that each is in, e.g. `{ \"us-east-1a\": {} }`. A private subnet uses the gateway of its own zone, or, where there is none, that of the alphabetically first zone that has one. Default: none: private subnets reach S3 and `interface_endpoints`, and nothing else."
  type = map(object({
    # Existing Elastic IP of the gateway, e.g. one that is on somebody's allow list. Default: an
    # Elastic IP created here.
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
      "nat_gateways: each must have the zone of a public subnet as its key: give public_subnets a CIDR for that zone; entries that break this: %s.",
      join(", ", try(setsubtract(keys(var.nat_gateways), keys(var.public_subnets)), []))
    )
  }
}

variable "studio_endpoints" {
  description = "`{}` makes the interface endpoints that Studio and its jobs need without a NAT gateway: the SageMaker API and runtime, Studio itself, STS, CloudWatch Logs and ECR. S3 has a gateway endpoint in any case. Package registries cannot be reached this way. Default: none."
  type        = object({})
  default     = null
}

variable "interface_endpoints" {
  description = "Interface endpoints, for AWS services to reach without the internet, by a key of your choice that does not change later: `{ sagemaker = { service = \"sagemaker.api\" } }`. One for `s3` serves clients outside the VPC, e.g. on premises: inside the VPC, S3 is reached by the gateway endpoint. Default: none."
  type = map(object({
    # The part of the service's name after `com.amazonaws.<region>.`, e.g. `sagemaker.api`; or the
    # whole name where it begins otherwise: `aws.sagemaker.us-east-1.studio`,
    # `cn.com.amazonaws.cn-north-1.sts`.
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
      "interface_endpoints: service must be the name of an endpoint service: the part after com.amazonaws.<region>., e.g. sagemaker.api, or the whole name, e.g. aws.sagemaker.us-east-1.studio; entries that break this: %s.",
      join(", ", [
        for key, entry in var.interface_endpoints : key
        if !can(regex("^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$", entry.service))
      ])
    )
  }

  validation {
    condition = length([
      for key, endpoint in var.interface_endpoints : "${key} (${endpoint.service})"
      if var.studio_endpoints != null
      && can(regex(
        "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
        endpoint.service
      ))
    ]) == 0
    error_message = format(
      "interface_endpoints: must not be a service that studio_endpoints makes an endpoint for already, because two endpoints of one VPC cannot have the same private DNS name: leave it out; entries that break this: %s.",
      join(
        ", ",
        try(
          [
            for key, endpoint in var.interface_endpoints : "${key} (${endpoint.service})"
            if var.studio_endpoints != null
            && can(regex(
              "(^|[.])(sagemaker[.]api|sagemaker[.]runtime|studio|sts|logs|ecr[.]api|ecr[.]dkr)$",
              endpoint.service
            ))
          ],
          []
        )
      )
    )
  }
}

variable "public_buckets" {
  description = "Names of public buckets of other accounts whose objects may be read through the endpoints to S3, also without credentials of this account, by a key of your choice that does not change later. ECR's bucket with the layers of images is always allowed. Default: none."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.public_buckets) <= 100
    error_message = "public_buckets must have at most 100 buckets: an endpoint's policy holds 20 KB."
  }
}

variable "trusted_accounts" {
  description = "Ids of other accounts whose S3 Access Grants give this account's people access to data there, by a key of your choice that does not change later. Through the endpoints to S3, credentials of such an account then reach buckets of these accounts. Default: none; credentials of other accounts do not work through the endpoints."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.trusted_accounts) : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", key))
    ])
    error_message = "trusted_accounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses."
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
  description = "VPC flow logs: records all connections in CloudWatch Logs. Default: no flow logs."
  type = object({
    # Days that log events are kept: a number that CloudWatch Logs accepts, e.g. 30, 90, 365 or 731.
    retention_days = optional(number, 365)
    # Customer-managed key that encrypts the log group. Default: encrypted by CloudWatch Logs
    # itself.
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
    error_message = "flow_logs.kms_key.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys."
  }
}
