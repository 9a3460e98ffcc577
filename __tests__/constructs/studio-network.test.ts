import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import { studioServices } from "../../constructs/studio-network/services";
import { given } from "../../constructs/hosting";
import { range } from "../../constructs/studio-network/cidrs";
import { networkRelations } from "../../constructs/studio-network/relations";
import { StudioNetwork, type StudioNetworkProps } from "../../constructs/studio-network/studio-network";
import definition from "../../constructs/studio-network/studio-network.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources, statements } from "../support/synthesized";
import { studioNetwork } from "./studio-fixtures";

const synth = (props: StudioNetworkProps): object => environment((stack) => new StudioNetwork(stack, "network", props));
const minimal = synth(studioNetwork.minimal);
const complete = synth(studioNetwork.complete);
const count = (configuration: object, type: string): number => Object.keys(resources(configuration, type)).length;

describe("security groups", () => {
  test("let in their own members and no one else", () => {
    const ingress = Object.values(resources(complete, "aws_vpc_security_group_ingress_rule"));
    expect(ingress).toHaveLength(1);
    expect(ingress[0]).toMatchObject({
      referenced_security_group_id: "${aws_security_group.network_security_group.id}",
      security_group_id: "${aws_security_group.network_security_group.id}",
    });
    expect(ingress[0]).not.toHaveProperty("cidr_ipv4");
    expect(resource(complete, "aws_security_group")).not.toHaveProperty("ingress");
  });

  test("let out to their own members, and with TLS", () => {
    const egress = Object.values(resources(complete, "aws_vpc_security_group_egress_rule"));
    expect(egress).toHaveLength(2);
    const world = egress.filter((rule) => "cidr_ipv4" in rule);
    expect(world).toEqual([expect.objectContaining({ ip_protocol: "tcp", from_port: 443, to_port: 443 })]);
  });

  test("of the VPC's own let nothing in or out", () => {
    const locked = resource(minimal, "aws_default_security_group");
    expect(locked).not.toHaveProperty("ingress");
    expect(locked).not.toHaveProperty("egress");
  });
});

describe("ways out", () => {
  test("are none but S3 where none is asked for", () => {
    const out = /internet_gateway|nat_gateway|aws_route\.|aws_eip|flow/;
    expect(addresses(minimal).filter((address) => out.test(address))).toEqual([]);
    expect(resource(minimal, "aws_vpc_endpoint")).toMatchObject({
      vpc_endpoint_type: "Gateway",
      route_table_ids: ["${aws_route_table.network_private_route_table_eu-central-1a.id}".replaceAll("-", "_")],
    });
  });

  test("go through each zone's own NAT gateway, with the address that is given", () => {
    const nat = (zone: string): unknown =>
      resource(complete, "aws_route", `private_route_eu_central_${zone}`).nat_gateway_id;
    expect(nat("1a")).toBe("${aws_nat_gateway.network_nat_gateway_eu_central_1a.id}");
    expect(nat("1b")).toBe("${aws_nat_gateway.network_nat_gateway_eu_central_1b.id}");
    expect(count(complete, "aws_eip")).toBe(1);
    expect(resource(complete, "aws_nat_gateway", "1b").allocation_id).toBe("eipalloc-1");
  });

  test("go through the one NAT gateway where there is one", () => {
    const one = synth({ ...studioNetwork.complete, natGateways: { "eu-central-1a": {} } });
    const routes = Object.entries(resources(one, "aws_route")).filter(([name]) => name.includes("private"));
    expect(routes.map(([, route]) => route.nat_gateway_id)).toEqual(
      Array(2).fill("${aws_nat_gateway.network_nat_gateway_eu_central_1a.id}"),
    );
  });

  test("to S3 are for this account's principals, ECR's layers and buckets that are named", () => {
    const policy = statements(complete, "s3_endpoint_policy");
    expect(policy.ThisAccountsPrincipals!.condition).toEqual([
      {
        test: "StringEquals",
        variable: "aws:PrincipalAccount",
        values: ["${data.aws_caller_identity.current.account_id}"],
      },
    ]);
    const open = Object.values(policy).filter(({ condition }) => condition === undefined);
    expect(open.map(({ sid, actions }) => [sid, actions])).toEqual([
      ["ImageLayers", ["s3:GetObject"]],
      ["PublicBuckets", ["s3:GetObject"]],
    ]);
  });
});

describe("ways to AWS without the internet", () => {
  const REGION = "${terraform_data.region.input}";
  const CHINA = "cn.com.amazonaws";
  const endpoints = (props: StudioNetworkProps): Record<string, Record<string, unknown>> => {
    const found = Object.entries(resources(synth(props), "aws_vpc_endpoint"));
    return Object.fromEntries(
      found.map(([name, endpoint]) => [name.replace(/^network_(studio_)?endpoint_/, ""), endpoint]),
    );
  };

  test("are those that Studio needs, where they are asked for", () => {
    const names = Object.entries(endpoints({ ...studioNetwork.minimal, studioEndpoints: {} }))
      .filter(([, { vpc_endpoint_type }]) => vpc_endpoint_type === "Interface")
      .map(([key, { service_name }]) => [key, service_name]);
    const begin = `\${startswith(terraform_data.region.input, "cn-") ? "${CHINA}" : "com.amazonaws"}`;
    expect(Object.fromEntries(names)).toEqual({
      sagemaker_api: `${begin}.${REGION}.sagemaker.api`,
      sagemaker_runtime: `${begin}.${REGION}.sagemaker.runtime`,
      studio: `aws.sagemaker.${REGION}.studio`,
      sts: `${begin}.${REGION}.sts`,
      logs: `com.amazonaws.${REGION}.logs`,
      ecr_api: `${begin}.${REGION}.ecr.api`,
      ecr_dkr: `${begin}.${REGION}.ecr.dkr`,
    });
    expect(Object.keys(endpoints(studioNetwork.minimal))).toEqual(["network_s3_endpoint"]);
  });

  test("begin in China as they do there", () => {
    expect(studioServices(new TerraformStack(new App(), "s"), "cn-north-1", given({}))).toMatchObject({
      sagemaker_api: `${CHINA}.cn-north-1.sagemaker.api`,
      logs: "com.amazonaws.cn-north-1.logs",
      studio: "aws.sagemaker.cn-north-1.studio",
    });
    expect(studioServices(new TerraformStack(new App(), "s"), "us-gov-west-1", given({}))).toMatchObject({
      sagemaker_api: "com.amazonaws.us-gov-west-1.sagemaker.api",
    });
  });

  test.each([
    ["sagemaker.api", `com.amazonaws.${REGION}.sagemaker.api`],
    ["aws.sagemaker.eu-central-1.studio", "aws.sagemaker.eu-central-1.studio"],
    ["cn.com.amazonaws.cn-north-1.sts", "cn.com.amazonaws.cn-north-1.sts"],
    [
      "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
      "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
    ],
  ])("have the name of the service %s", (service, name) => {
    expect(endpoints({ ...studioNetwork.minimal, interfaceEndpoints: { one: { service } } })["one"]).toMatchObject({
      service_name: name,
    });
  });

  test.each(["s3", "com.amazonaws.eu-central-1.s3", "cn.com.amazonaws.cn-north-1.s3"])(
    "to S3 (%s) is after the gateway endpoint, with its policy, and for whoever comes from outside",
    (service) => {
      const { one } = endpoints({ ...studioNetwork.minimal, interfaceEndpoints: { one: { service } } });
      expect(one).toMatchObject({
        private_dns_enabled: true,
        dns_options: [{ private_dns_only_for_inbound_resolver_endpoint: true }],
        depends_on: ["aws_vpc_endpoint.network_s3_endpoint"],
        policy: "${data.aws_iam_policy_document.network_s3_endpoint_policy.json}",
      });
    },
  );

  test.each(["kms", "s3-outposts", "com.amazonaws.s3-global.accesspoint"])(
    "to %s is for whoever is inside",
    (service) => {
      const { one } = endpoints({ ...studioNetwork.minimal, interfaceEndpoints: { one: { service } } });
      expect(one).not.toHaveProperty("dns_options");
      expect(one).not.toHaveProperty("policy");
    },
  );

  test("through the S3 endpoint trusted accounts reach their own data, and nobody else's", () => {
    const { TrustedAccountsData } = statements(complete, "s3_endpoint_policy");
    expect(TrustedAccountsData!.condition).toEqual(
      ["aws:PrincipalAccount", "aws:ResourceAccount"].map((variable) => {
        return { test: "StringEquals", variable, values: ["210987654321"] };
      }),
    );
    expect(Object.keys(statements(minimal, "s3_endpoint_policy"))).toEqual(["ThisAccountsPrincipals", "ImageLayers"]);
  });
});

test("subnets give no public addresses", () => {
  const subnets = Object.values(resources(complete, "aws_subnet"));
  expect(subnets).toHaveLength(4);
  for (const subnet of subnets) expect(subnet.map_public_ip_on_launch).toBe(false);
});

test("one more zone touches no other", () => {
  const { privateSubnets, ...rest } = studioNetwork.complete;
  const more = synth({ ...rest, privateSubnets: { "eu-central-1c": "10.0.3.0/24", ...privateSubnets } });
  for (const type of ["aws_subnet", "aws_route_table", "aws_route"]) {
    expect(resources(more, type)).toMatchObject(resources(complete, type));
    expect(count(more, type)).toBe(count(complete, type) + 1);
  }
});

describe("what is refused", () => {
  const refused = (changed: object) => expect(() => synth({ ...studioNetwork.complete, ...changed }));

  test.each(["10.0.0.0", "10.0.0.1/16", "10.0.0.0/8", "10.0.0.0/29", "10.0.256.0/24"])("the CIDR %s", (vpcCidr) => {
    refused({ vpcCidr }).toThrow("vpcCidr: must be an IPv4 CIDR from /16 to /28");
  });

  test("a subnet outside the VPC", () => {
    refused({ privateSubnets: { "eu-central-1a": "10.1.0.0/24" } }).toThrow(
      "privateSubnets.eu-central-1a: must be inside the VPC's CIDR, 10.0.0.0/16 (given: 10.1.0.0/24)",
    );
  });

  test("subnets that overlap", () => {
    refused({ privateSubnets: { "eu-central-1a": "10.0.101.128/25" } }).toThrow(
      "privateSubnets.eu-central-1a: must not overlap publicSubnets.eu-central-1a",
    );
  });

  test("a NAT gateway where no public subnet is", () => {
    refused({ natGateways: { "eu-central-1c": {} } }).toThrow(
      "natGateways.eu-central-1c: must be in the zone of a public",
    );
  });

  test.each(["sts", "aws.sagemaker.eu-central-1.studio"])("a service twice: %s", (service) => {
    refused({ interfaceEndpoints: { mine: { service } } }).toThrow(
      "interfaceEndpoints.mine.service: must not be a service that studioEndpoints makes an endpoint for already",
    );
  });

  test.each(["", "Sts", "https://sts", "sts.", ".sts"])("a service that is none: %j", (service) => {
    refused({ interfaceEndpoints: { mine: { service } } }).toThrow(
      "interfaceEndpoints.mine.service: must be the name of an endpoint service",
    );
  });

  test("an account that is none", () => {
    refused({ trustedAccounts: { lake: "lake" } }).toThrow("trustedAccounts.lake: must be the 12 digits");
  });

  test("a key that is no zone", () => {
    refused({ privateSubnets: { a: "10.0.1.0/24" } }).toThrow("privateSubnets: must have Availability Zones as keys");
  });
});

test("what is said to overlap is what shares an address", () => {
  const cidr = fc.tuple(fc.integer({ min: 16, max: 28 }), fc.nat({ max: 2 ** 12 })).map(([bits, n]) => {
    const size = 2 ** (32 - bits);
    const first = 10 * 2 ** 24 + ((n * size) % 2 ** 18);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${bits}`;
  });
  let overlaps = 0;
  fc.assert(
    fc.property(fc.uniqueArray(cidr, { maxLength: 6 }), (cidrs) => {
      const ranges = cidrs.map((text) => range(text)!);
      const shared = ranges.some((a, i) => ranges.some((b, j) => i < j && a.first <= b.last && b.first <= a.last));
      if (shared) overlaps += 1;
      const privateSubnets = Object.fromEntries(cidrs.map((text, i) => [`z${i}`, text]));
      const props = { vpcCidr: "10.0.0.0/8", privateSubnets, publicSubnets: {}, natGateways: {} };
      expect(networkRelations.some(({ holds }) => !holds(props))).toBe(shared);
    }),
    { numRuns: 1000 },
  );
  expect(overlaps).toBeGreaterThan(50);
});

test("configurations", () => {
  expect(minimal).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
