output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.vpc.id
}

output "subnet_ids" {
  description = "Ids of the private subnets, in the order of their zones."
  value       = [for v in aws_subnet.private_subnet : v.id]
}

output "security_group_ids" {
  description = "Ids of the security groups for whatever is in the private subnets."
  value       = [aws_security_group.security_group.id]
}
