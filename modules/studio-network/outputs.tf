output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.vpc.id
}

output "vpc_arn" {
  description = "ARN of the VPC."
  value       = aws_vpc.vpc.arn
}

output "vpc_cidr" {
  description = "IPv4 CIDR of the VPC."
  value       = aws_vpc.vpc.cidr_block
}

output "subnet_ids" {
  description = "Ids of the private subnets, in the order of their zones."
  value       = [for v in aws_subnet.private_subnet : v.id]
}

output "security_group_ids" {
  description = "Ids of the security groups for Studio, its jobs and functions in the private subnets."
  value       = [aws_security_group.security_group.id]
}

output "private_subnet_ids" {
  description = "Id of each private subnet, by its zone."
  value       = { for k, v in aws_subnet.private_subnet : k => v.id }
}

output "public_subnet_ids" {
  description = "Id of each public subnet, by its zone."
  value       = { for k, v in aws_subnet.public_subnet : k => v.id }
}

output "private_route_table_ids" {
  description = "Id of each private subnet's route table, by its zone."
  value       = { for k, v in aws_route_table.private_route_table : k => v.id }
}

output "public_route_table_id" {
  description = "Id of the public subnets' route table. Null where there is none."
  value       = one(aws_route_table.public_route_table[*].id)
}

output "internet_gateway_id" {
  description = "Id of the internet gateway. Null where there is none."
  value       = one(aws_internet_gateway.internet_gateway[*].id)
}

output "nat_gateway_ids" {
  description = "Id of each NAT gateway, by its zone."
  value       = { for k, v in aws_nat_gateway.nat_gateway : k => v.id }
}

output "nat_addresses" {
  description = "Public IP address of each NAT gateway, by its zone: the source address of requests to the internet."
  value       = { for k, v in aws_nat_gateway.nat_gateway : k => v.public_ip }
}

output "s3_endpoint_id" {
  description = "Id of the S3 gateway endpoint."
  value       = aws_vpc_endpoint.s3_endpoint.id
}

output "studio_endpoint_ids" {
  description = "Id of each endpoint of `studio_endpoints`, by its service, e.g. `sagemaker_api`."
  value       = { for k, v in aws_vpc_endpoint.studio_endpoint : k => v.id }
}

output "interface_endpoint_ids" {
  description = "Id of each endpoint of `interface_endpoints`, by its key."
  value       = { for k, v in aws_vpc_endpoint.endpoint : k => v.id }
}

output "flow_log_group_arn" {
  description = "ARN of the log group of the flow logs. Null where there is none."
  value       = one(aws_flow_log.flow_log[*].log_destination)
}
