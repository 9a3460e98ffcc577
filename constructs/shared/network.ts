import { ec2Id, listOf, rule } from "../inputs";

export const subnetIds = listOf(
  ec2Id("subnet", "a subnet"),
  rule.atLeast(1, "subnet"),
  rule.distinct("subnet"),
  rule.atMost(16, "subnets, the limit of SageMaker and Lambda"),
);
export const securityGroupIds = listOf(
  ec2Id("sg", "a security group"),
  rule.atLeast(1, "security group"),
  rule.distinct("security group"),
  rule.atMost(5, "security groups, the limit of SageMaker and Lambda"),
);
