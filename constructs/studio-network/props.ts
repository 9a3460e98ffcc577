import {
  atLeast,
  inputs,
  keysMatch,
  logFields,
  type Logs,
  matches,
  type Named,
  namedInputs,
  roleInputs,
  type RoleOptions,
  text,
} from "../hosting";
import { usableCidr } from "./cidrs";

export interface StudioNetworkProps extends Named, RoleOptions, NetworkOptions {}

/** What a network is like. */
export interface NetworkOptions {
  /** Addresses of the VPC: an IPv4 CIDR from /16 to /28. */
  readonly vpcCidr: string;
  /** Private subnets, where Studio, its jobs and its file system are: Availability Zone → CIDR inside the VPC. */
  readonly privateSubnets: Readonly<Record<string, string>>;
  /**
   * Public subnets, for NAT gateways: Availability Zone → CIDR inside the VPC.
   * @default - none, and no internet gateway
   */
  readonly publicSubnets?: Readonly<Record<string, string>>;
  /**
   * NAT gateways, by the Availability Zone of the public subnet that they stand in. One serves all private subnets; with one
   * in each zone, each serves its own. Private subnets without one of their own use that of the first zone.
   * @default - none: private subnets reach S3 and `interfaceEndpoints`, and nothing else
   */
  readonly natGateways?: Readonly<Record<string, NatGatewayOptions>>;
  /**
   * AWS services to reach without the internet, by a name that stays: `{ sagemaker: { service: "sagemaker.api" } }`.
   * @default - none
   */
  readonly interfaceEndpoints?: Readonly<Record<string, { readonly service: string }>>;
  /**
   * Buckets of others whose objects may be read through the S3 endpoint without this account's credentials, by a name that
   * stays. ECR's, which holds the layers of its images, always may.
   * @default - none
   */
  readonly publicBuckets?: Readonly<Record<string, string>>;
  /**
   * Records who talks to whom in CloudWatch Logs.
   * @default - not recorded
   */
  readonly flowLogs?: Logs;
}

export interface NatGatewayOptions {
  /**
   * Elastic IP to come from, e.g. because others know it.
   * @default - one made here
   */
  readonly elasticIp?: { readonly allocationId: string };
}

const ZONE = keysMatch(/^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$/, "must have Availability Zones as keys, e.g. us-east-1a");
const subnetsInput = { kind: "map", of: { kind: "string", rules: [usableCidr] } } as const;

export const networkFields = {
  vpcCidr: { kind: "string", rules: [usableCidr] },
  privateSubnets: { ...subnetsInput, rules: [ZONE, atLeast(1, "subnet")] },
  publicSubnets: { ...subnetsInput, rules: [ZONE], optional: true, default: {} },
  natGateways: {
    kind: "map",
    optional: true,
    default: {},
    rules: [ZONE],
    of: {
      kind: "object",
      fields: { elasticIp: { kind: "object", optional: true, fields: { allocationId: text } } },
    },
  },
  interfaceEndpoints: {
    kind: "map",
    optional: true,
    default: {},
    rules: [keysMatch(/^[a-z][a-z0-9_-]{0,31}$/, "must have keys of lower-case letters, digits, _ and -")],
    of: {
      kind: "object",
      fields: {
        service: {
          kind: "string",
          rules: [matches(/^[a-z0-9.-]+$/, "must be the last part of a service's name, e.g. sagemaker.api")],
        },
      },
    },
  },
  publicBuckets: { kind: "map", of: text, optional: true, default: {} },
  flowLogs: { kind: "object", optional: true, fields: logFields },
} as const;

export const studioNetworkInputs = inputs<StudioNetworkProps>()({ ...namedInputs, ...roleInputs, ...networkFields });
