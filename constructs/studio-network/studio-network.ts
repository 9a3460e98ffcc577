import { Construct } from "constructs";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { choose, each, type Each, filled, given, Heading, keep, type Made, make, merge, settled } from "../hosting";
import { resolveProps } from "../inputs";
import { settledName } from "../shared/names";
import { endpoints } from "./endpoints";
import { flowLogs } from "./flow-logs";
import { type ResolvedNetworkProps, studioNetworkInputs, type StudioNetworkProps } from "./props";

export { studioNetworkInputs, type StudioNetworkProps } from "./props";

const OTHER_NETWORK =
  "another value would replace the network with everything in it; create a second network and move to it";
const OTHER_SUBNET =
  "another CIDR would replace the subnet with everything in it; add a subnet in another zone, then remove this one";

/**
 * A VPC for Studio: private subnets with an S3 gateway endpoint, NAT gateways where asked for, and nothing that can be reached from
 * outside.
 */
export class StudioNetwork extends Construct {
  static readonly module = "studio-network";
  /** Id of the VPC. */
  readonly vpcId: string;
  /** ARN of the VPC. */
  readonly vpcArn: string;
  /** IPv4 CIDR of the VPC. */
  readonly vpcCidr: string;
  /** Ids of the private subnets, in the order of their zones. */
  readonly subnetIds: string[];
  /** Ids of the security groups for Studio, its jobs and functions in the private subnets. */
  readonly securityGroupIds: string[];
  /** Id of each private subnet, by its zone. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  /** Id of each public subnet, by its zone. */
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  /** Id of each private subnet's route table, by its zone. */
  readonly privateRouteTableIds: Readonly<Record<string, string>>;
  /** Id of the public subnets' route table. */
  readonly publicRouteTableId?: string;
  /** Id of the internet gateway. */
  readonly internetGatewayId?: string;
  /** Id of each NAT gateway, by its zone. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  /** Public IP address of each NAT gateway, by its zone: the source address of requests to the internet. */
  readonly natAddresses: Readonly<Record<string, string>>;
  /** Id of the S3 gateway endpoint. */
  readonly s3EndpointId: string;
  /** Id of each endpoint of `studioEndpoints`, by its service, e.g. `sagemaker_api`. */
  readonly studioEndpointIds: Readonly<Record<string, string>>;
  /** Id of each endpoint of `interfaceEndpoints`, by its key. */
  readonly interfaceEndpointIds: Readonly<Record<string, string>>;
  /** ARN of the log group of the flow logs. */
  readonly flowLogGroupArn?: string;

  constructor(scope: Construct, id: string, props: StudioNetworkProps) {
    super(scope, id);
    const p = resolveProps(this, studioNetworkInputs, props);
    new Heading(this, "The VPC");
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: settled(this, "vpc_cidr", p.vpcCidr, "vpcCidr", OTHER_NETWORK),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: merge({ Name: p.name }, p.tags),
    });
    this.vpcId = vpc.id;
    this.vpcArn = vpc.arn;
    this.vpcCidr = vpc.cidrBlock;
    // Without rules: what is made without naming a group can talk to no one.
    new DefaultSecurityGroup(this, "default_security_group", {
      vpcId: vpc.id,
      tags: merge({ Name: `${p.name}-unused` }, p.tags),
    });
    const publicSide = this.publicSide(p);
    this.publicSubnetIds = publicSide.subnets.attribute("id");
    this.publicRouteTableId = publicSide.table.attribute("id");
    this.internetGatewayId = publicSide.gateway.attribute("id");
    this.natGatewayIds = publicSide.natGateways.attribute("id");
    this.natAddresses = publicSide.natGateways.attribute("public_ip");
    const privateSide = this.privateSide(p, publicSide.natGateways);
    this.privateSubnetIds = privateSide.subnets.attribute("id");
    this.privateRouteTableIds = privateSide.tables.attribute("id");
    this.subnetIds = privateSide.subnets.list("id");
    const group = this.securityGroup(p);
    this.securityGroupIds = [group.id];
    const { vpcId, subnetIds, securityGroupIds } = this;
    const routeTableIds = privateSide.tables.list("id");
    const { s3, studio, others } = endpoints(this, { ...p, vpcId, subnetIds, securityGroupIds, routeTableIds });
    this.s3EndpointId = s3.id;
    this.studioEndpointIds = studio.attribute("id");
    this.interfaceEndpointIds = others.attribute("id");
    this.flowLogGroupArn = flowLogs(this, p, vpcId).attribute("log_destination");
  }

  private publicSide(p: ResolvedNetworkProps): PublicSide {
    new Heading(this, "Public subnets, and the way to the internet");
    const gateway = make(
      filled(p.publicSubnets),
      (_it, count) =>
        new InternetGateway(this, "internet_gateway", {
          vpcId: this.vpcId,
          tags: merge({ Name: p.name }, p.tags),
          count,
        }),
    );
    const table = make(
      filled(p.publicSubnets),
      (_it, count) =>
        new RouteTable(this, "public_route_table", {
          vpcId: this.vpcId,
          tags: merge({ Name: `${p.name}-public` }, p.tags),
          count,
        }),
    );
    const route = make(
      filled(p.publicSubnets),
      (_it, count) =>
        new Route(this, "public_route", {
          routeTableId: table.attribute("id")!,
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: gateway.attribute("id"),
          count,
        }),
    );
    const subnets = this.subnets(p, "public", p.publicSubnets);
    each(
      p.publicSubnets,
      "public_association",
      (_cidr, zone, id, forEach) =>
        new RouteTableAssociation(this, id, {
          subnetId: subnets.at(zone, "id"),
          routeTableId: table.attribute("id")!,
          forEach,
        }),
    );
    return { gateway, table, subnets, natGateways: this.natGateways(p, subnets, route) };
  }

  private natGateways(p: ResolvedNetworkProps, subnets: Each<Subnet>, route: Made<Route>): Each<NatGateway> {
    const without = keep(p.natGateways, ({ elasticIp }) => given(elasticIp).not);
    new Heading(this, "NAT gateways");
    const addresses = each(without, "nat_address", (_nat, zone, id, forEach) => {
      return new Eip(this, id, { domain: "vpc", tags: merge({ Name: `${p.name}-nat-${zone}` }, p.tags), forEach });
    });
    return each(
      p.natGateways,
      "nat_gateway",
      (nat, zone, id, forEach) =>
        new NatGateway(this, id, {
          subnetId: subnets.at(zone, "id"),
          allocationId: choose(
            given(nat.elasticIp),
            ({ allocationId }) => allocationId,
            () => addresses.at(zone, "id"),
          ),
          tags: merge({ Name: `${p.name}-${zone}` }, p.tags),
          // A gateway without a way out fails to start.
          dependsOn: route.all,
          forEach,
        }),
    );
  }

  private privateSide(
    p: ResolvedNetworkProps,
    natGateways: Each<NatGateway>,
  ): { readonly subnets: Each<Subnet>; readonly tables: Each<RouteTable> } {
    new Heading(this, "Private subnets");
    const subnets = this.subnets(p, "private", p.privateSubnets);
    const tables = each(
      p.privateSubnets,
      "private_route_table",
      (_cidr, zone, id, forEach) =>
        new RouteTable(this, id, {
          vpcId: this.vpcId,
          tags: merge({ Name: `${p.name}-private-${zone}` }, p.tags),
          forEach,
        }),
    );
    each(
      p.privateSubnets,
      "private_association",
      (_cidr, zone, id, forEach) =>
        new RouteTableAssociation(this, id, {
          subnetId: subnets.at(zone, "id"),
          routeTableId: tables.at(zone, "id"),
          forEach,
        }),
    );
    each(
      keep(p.privateSubnets, filled(p.natGateways)),
      "private_route",
      (_cidr, zone, id, forEach) =>
        new Route(this, id, {
          routeTableId: tables.at(zone, "id"),
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: natGateways.atOrFirst(zone, "id"),
          forEach,
        }),
    );
    return { subnets, tables };
  }

  private subnets(
    p: ResolvedNetworkProps,
    side: "public" | "private",
    zones: Readonly<Record<string, string>>,
  ): Each<Subnet> {
    return each(
      zones,
      `${side}_subnet`,
      (cidr, availabilityZone, id, forEach) =>
        new Subnet(this, id, {
          vpcId: this.vpcId,
          cidrBlock: settled(this, id.replace(/_subnet/, "_subnet_cidr"), cidr, `${side}Subnets`, OTHER_SUBNET, {
            forEach,
          }),
          availabilityZone,
          mapPublicIpOnLaunch: false,
          tags: merge({ Name: `${p.name}-${side}-${availabilityZone}` }, p.tags),
          forEach,
        }),
    );
  }

  /** Studio, its jobs and its file system may talk to one another; connections to the outside only they can open, and only with TLS. */
  private securityGroup(p: ResolvedNetworkProps): SecurityGroup {
    new Heading(this, "Who may talk to whom");
    const group = new SecurityGroup(this, "security_group", {
      name: settledName(this, "security_group_name", `${p.name}-studio`, OTHER_NETWORK),
      description: "SageMaker Studio, its jobs and its file system",
      vpcId: this.vpcId,
      tags: merge({ Name: `${p.name}-studio` }, p.tags),
    });
    const oneAnother = {
      securityGroupId: group.id,
      description: "Whatever Studio, its jobs and its file system say to one another",
      referencedSecurityGroupId: group.id,
      ipProtocol: "-1",
      tags: p.tags,
    };
    new VpcSecurityGroupIngressRule(this, "from_one_another", oneAnother);
    new VpcSecurityGroupEgressRule(this, "to_one_another", oneAnother);
    new VpcSecurityGroupEgressRule(this, "to_https", {
      securityGroupId: group.id,
      description: "HTTPS: AWS services and, through a NAT gateway, package registries",
      cidrIpv4: "0.0.0.0/0",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      tags: p.tags,
    });
    return group;
  }
}

interface PublicSide {
  readonly gateway: Made<InternetGateway>;
  readonly table: Made<RouteTable>;
  readonly subnets: Each<Subnet>;
  readonly natGateways: Each<NatGateway>;
}
