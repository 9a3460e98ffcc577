locals {
  services_begin             = startswith(terraform_data.region.input, "cn-") ? "cn.com.amazonaws" : "com.amazonaws"
  nat_gateway_ids            = { for k, v in aws_nat_gateway.nat_gateway : k => v.id }
  private_route_table_ids    = { for k, v in aws_route_table.private_route_table : k => v.id }
  public_subnet_cidr_inputs  = { for k, v in terraform_data.public_subnet_cidr : k => v.input }
  private_subnet_cidr_inputs = { for k, v in terraform_data.private_subnet_cidr : k => v.input }
  public_subnet_ids          = { for k, v in aws_subnet.public_subnet : k => v.id }
  private_subnet_ids         = { for k, v in aws_subnet.private_subnet : k => v.id }
  nat_address_ids            = { for k, v in aws_eip.nat_address : k => v.id }
  partition                  = data.aws_partition.current.partition
  account_id                 = data.aws_caller_identity.current.account_id
}

data "aws_region" "current" {}

resource "terraform_data" "region" {
  input = data.aws_region.current.id

  lifecycle {
    ignore_changes = [input]
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# The VPC.

resource "terraform_data" "vpc_cidr" {
  input = var.vpc_cidr

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.vpc_cidr)
      error_message = "vpc_cidr: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another value would replace the network with everything in it; create a second network and move to it."
    }
  }
}

resource "aws_vpc" "vpc" {
  cidr_block           = terraform_data.vpc_cidr.input
  enable_dns_hostnames = true
  enable_dns_support   = true
  tags                 = merge({ Name = var.name }, var.tags)
}

resource "aws_default_security_group" "default_security_group" {
  vpc_id = aws_vpc.vpc.id
  tags   = merge({ Name = "${var.name}-unused" }, var.tags)
}

# Public subnets, and the way to the internet.

resource "aws_internet_gateway" "internet_gateway" {
  count = length(var.public_subnets) > 0 ? 1 : 0

  vpc_id = aws_vpc.vpc.id
  tags   = merge({ Name = var.name }, var.tags)
}

resource "aws_route_table" "public_route_table" {
  count = length(var.public_subnets) > 0 ? 1 : 0

  vpc_id = aws_vpc.vpc.id
  tags   = merge({ Name = "${var.name}-public" }, var.tags)
}

resource "aws_route" "public_route" {
  count = length(var.public_subnets) > 0 ? 1 : 0

  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = one(aws_internet_gateway.internet_gateway[*].id)
  route_table_id         = one(aws_route_table.public_route_table[*].id)
}

resource "terraform_data" "public_subnet_cidr" {
  for_each = var.public_subnets

  input = each.value

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (each.value)
      error_message = "public_subnets: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another CIDR would replace the subnet with everything in it; add a subnet in another zone, then remove this one."
    }
  }
}

resource "aws_subnet" "public_subnet" {
  for_each = var.public_subnets

  availability_zone       = each.key
  cidr_block              = local.public_subnet_cidr_inputs[each.key]
  map_public_ip_on_launch = false
  vpc_id                  = aws_vpc.vpc.id
  tags                    = merge({ Name = "${var.name}-public-${each.key}" }, var.tags)
}

resource "aws_route_table_association" "public_association" {
  for_each = var.public_subnets

  route_table_id = one(aws_route_table.public_route_table[*].id)
  subnet_id      = local.public_subnet_ids[each.key]
}

# NAT gateways.

resource "aws_eip" "nat_address" {
  # checkov:skip=CKV2_AWS_19: It belongs to a NAT gateway, which the check does not know.

  for_each = { for k, v in var.nat_gateways : k => v if v.elastic_ip == null }

  domain = "vpc"
  tags   = merge({ Name = "${var.name}-nat-${each.key}" }, var.tags)
}

resource "aws_nat_gateway" "nat_gateway" {
  for_each = var.nat_gateways

  subnet_id = local.public_subnet_ids[each.key]

  allocation_id = (
    each.value.elastic_ip == null
    ? local.nat_address_ids[each.key]
    : each.value.elastic_ip.allocation_id
  )

  tags = merge({ Name = "${var.name}-${each.key}" }, var.tags)

  depends_on = [aws_route.public_route]
}

# Private subnets.

resource "terraform_data" "private_subnet_cidr" {
  for_each = var.private_subnets

  input = each.value

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (each.value)
      error_message = "private_subnets: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another CIDR would replace the subnet with everything in it; add a subnet in another zone, then remove this one."
    }
  }
}

resource "aws_subnet" "private_subnet" {
  for_each = var.private_subnets

  availability_zone       = each.key
  cidr_block              = local.private_subnet_cidr_inputs[each.key]
  map_public_ip_on_launch = false
  vpc_id                  = aws_vpc.vpc.id
  tags                    = merge({ Name = "${var.name}-private-${each.key}" }, var.tags)
}

resource "aws_route_table" "private_route_table" {
  for_each = var.private_subnets

  vpc_id = aws_vpc.vpc.id
  tags   = merge({ Name = "${var.name}-private-${each.key}" }, var.tags)
}

resource "aws_route_table_association" "private_association" {
  for_each = var.private_subnets

  route_table_id = local.private_route_table_ids[each.key]
  subnet_id      = local.private_subnet_ids[each.key]
}

resource "aws_route" "private_route" {
  for_each = { for k, v in var.private_subnets : k => v if length(var.nat_gateways) > 0 }

  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = try(local.nat_gateway_ids[each.key], values(aws_nat_gateway.nat_gateway)[0].id)
  route_table_id         = local.private_route_table_ids[each.key]
}

# Who may talk to whom.

resource "terraform_data" "security_group_name" {
  input = "${var.name}-studio"

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == ("${var.name}-studio")
      error_message = "name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another value would replace the network with everything in it; create a second network and move to it."
    }
  }
}

resource "aws_security_group" "security_group" {
  name        = terraform_data.security_group_name.input
  description = "SageMaker Studio, its jobs and its file system"
  vpc_id      = aws_vpc.vpc.id
  tags        = merge({ Name = "${var.name}-studio" }, var.tags)
}

resource "aws_vpc_security_group_ingress_rule" "from_one_another" {
  description                  = "Whatever Studio, its jobs and its file system say to one another"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.security_group.id
  security_group_id            = aws_security_group.security_group.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "to_one_another" {
  description                  = "Whatever Studio, its jobs and its file system say to one another"
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.security_group.id
  security_group_id            = aws_security_group.security_group.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "to_https" {
  description       = "HTTPS: AWS services and, through a NAT gateway, package registries"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  ip_protocol       = "tcp"
  security_group_id = aws_security_group.security_group.id
  to_port           = 443
  tags              = var.tags
}

# Ways to AWS that do not cross the internet.

data "aws_iam_policy_document" "s3_endpoint_policy" {
  # checkov:skip=CKV_AWS_283: Every statement is limited: to this account's principals, or to reading named public buckets, which jobs do without credentials.

  statement {
    sid       = "ThisAccountsPrincipals"
    actions   = ["s3:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalAccount"
      values   = [local.account_id]
    }
  }

  statement {
    sid     = "ImageLayers"
    actions = ["s3:GetObject"]

    resources = [
      "arn:${local.partition}:s3:::prod-${terraform_data.region.input}-starport-layer-bucket/*",
    ]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  dynamic "statement" {
    for_each = length(var.trusted_accounts) == 0 ? [] : [1]

    content {
      sid       = "TrustedAccountsData"
      actions   = ["s3:*"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:PrincipalAccount"
        values   = values(var.trusted_accounts)
      }

      condition {
        test     = "StringEquals"
        variable = "aws:ResourceAccount"
        values   = values(var.trusted_accounts)
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.public_buckets) == 0 ? [] : [1]

    content {
      sid       = "PublicBuckets"
      actions   = ["s3:GetObject"]
      resources = [for item in values(var.public_buckets) : "arn:${local.partition}:s3:::${item}/*"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }
    }
  }
}

resource "aws_vpc_endpoint" "s3_endpoint" {
  policy            = data.aws_iam_policy_document.s3_endpoint_policy.json
  route_table_ids   = [for v in aws_route_table.private_route_table : v.id]
  service_name      = "com.amazonaws.${terraform_data.region.input}.s3"
  vpc_endpoint_type = "Gateway"
  vpc_id            = aws_vpc.vpc.id
  tags              = merge({ Name = "${var.name}-s3" }, var.tags)
}

resource "aws_vpc_endpoint" "studio_endpoint" {
  for_each = {
    for k, v in { sagemaker_api = "${local.services_begin}.${terraform_data.region.input}.sagemaker.api", sagemaker_runtime = "${local.services_begin}.${terraform_data.region.input}.sagemaker.runtime", studio = "aws.sagemaker.${terraform_data.region.input}.studio", sts = "${local.services_begin}.${terraform_data.region.input}.sts", logs = "com.amazonaws.${terraform_data.region.input}.logs", ecr_api = "${local.services_begin}.${terraform_data.region.input}.ecr.api", ecr_dkr = "${local.services_begin}.${terraform_data.region.input}.ecr.dkr" } :
    k => v
    if var.studio_endpoints != null
  }

  private_dns_enabled = true
  security_group_ids  = [aws_security_group.security_group.id]
  service_name        = each.value
  subnet_ids          = [for v in aws_subnet.private_subnet : v.id]
  vpc_endpoint_type   = "Interface"
  vpc_id              = aws_vpc.vpc.id
  tags                = merge({ Name = "${var.name}-${each.key}" }, var.tags)

  depends_on = [aws_vpc_endpoint.s3_endpoint]
}

resource "aws_vpc_endpoint" "endpoint" {
  for_each = var.interface_endpoints

  private_dns_enabled = true
  security_group_ids  = [aws_security_group.security_group.id]
  subnet_ids          = [for v in aws_subnet.private_subnet : v.id]
  vpc_endpoint_type   = "Interface"
  vpc_id              = aws_vpc.vpc.id

  policy = reverse(split(
    ".",
    each.value.service
  ))[0] == "s3" ? data.aws_iam_policy_document.s3_endpoint_policy.json : null

  service_name = can(regex(
    "^(aws|(cn[.])?com[.]amazonaws)[.]",
    each.value.service
  )) ? each.value.service : "com.amazonaws.${terraform_data.region.input}.${each.value.service}"

  tags = merge({ Name = "${var.name}-${each.key}" }, var.tags)

  dynamic "dns_options" {
    for_each = reverse(split(".", each.value.service))[0] == "s3" ? [1] : []

    content {
      private_dns_only_for_inbound_resolver_endpoint = true
    }
  }

  depends_on = [aws_vpc_endpoint.s3_endpoint]
}

# Flow logs.

resource "aws_cloudwatch_log_group" "flow_logs" {
  count = var.flow_logs != null ? 1 : 0

  name              = "/aws/vpc/${var.name}"
  kms_key_id        = var.flow_logs.kms_key == null ? null : var.flow_logs.kms_key.arn
  retention_in_days = var.flow_logs.retention_days
  tags              = var.tags
}

data "aws_iam_policy_document" "flow_logs_trust" {
  count = var.flow_logs != null ? 1 : 0

  statement {
    sid     = "FlowLogs"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_iam_role" "flow_logs_role" {
  count = var.flow_logs != null ? 1 : 0

  name                 = "${var.name}-flow-logs"
  assume_role_policy   = data.aws_iam_policy_document.flow_logs_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "flow_logs_policy_document" {
  count = var.flow_logs != null ? 1 : 0

  statement {
    sid = "Write"

    actions = [
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
    ]

    resources = [
      aws_cloudwatch_log_group.flow_logs[count.index].arn,
      "${aws_cloudwatch_log_group.flow_logs[count.index].arn}:*",
    ]
  }
}

resource "aws_iam_role_policy" "flow_logs_policy" {
  count = var.flow_logs != null ? 1 : 0

  name   = "write"
  policy = data.aws_iam_policy_document.flow_logs_policy_document[count.index].json
  role   = aws_iam_role.flow_logs_role[count.index].name
}

resource "aws_flow_log" "flow_log" {
  count = var.flow_logs != null ? 1 : 0

  iam_role_arn    = aws_iam_role.flow_logs_role[count.index].arn
  log_destination = aws_cloudwatch_log_group.flow_logs[count.index].arn
  traffic_type    = "ALL"
  vpc_id          = aws_vpc.vpc.id
  tags            = merge({ Name = var.name }, var.tags)

  depends_on = [aws_iam_role_policy.flow_logs_policy]
}
