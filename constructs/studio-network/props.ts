import { ec2Id, mapOf, object, optional, type PropsOf, type Resolved, rule, text } from "../inputs";
import { logs } from "../shared/logs";
import { naming } from "../shared/names";
import { roleOptions } from "../shared/roles";
import { usableCidr } from "./cidrs";
import { networkRelations } from "./relations";
import { endpointsOnce } from "./services";

const ZONE = rule.keysMatch(
  /^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$/,
  "must have Availability Zones as keys, e.g. us-east-1a",
);
const cidr = text(usableCidr);

const natGateway = object({
  /**
   * Existing Elastic IP of the gateway, e.g. one that is on somebody's allow list.
   * @default - an Elastic IP created here
   */
  elasticIp: optional(object({ allocationId: ec2Id("eipalloc", "an Elastic IP") })),
});

/** Inputs of a network that every construct that makes one has. */
export const networkOptions = {
  /** IPv4 CIDR of the VPC, from /16 to /28. */
  vpcCidr: cidr,
  /**
   * Private subnets, for Studio, its jobs and its file system: a CIDR inside the VPC by Availability Zone, e.g.
   * `{ "us-east-1a": "10.0.1.0/24" }`.
   */
  privateSubnets: mapOf(cidr, ZONE, rule.atLeast(1, "subnet")),
  /**
   * Public subnets, for NAT gateways: a CIDR inside the VPC by Availability Zone.
   * @default - none, and no internet gateway
   */
  publicSubnets: optional(mapOf(cidr, ZONE), {}),
  /**
   * NAT gateways, by the Availability Zone of the public subnet that each is in, e.g. `{ "us-east-1a": {} }`. A private subnet uses the
   * gateway of its own zone, or, where there is none, that of the alphabetically first zone that has one.
   * @default - none: private subnets reach S3 and `interfaceEndpoints`, and nothing else
   */
  natGateways: optional(mapOf(natGateway, ZONE), {}),
  /**
   * `{}` makes the interface endpoints that Studio and its jobs need without a NAT gateway: the SageMaker API and runtime, Studio itself,
   * STS, CloudWatch Logs and ECR. S3 has a gateway endpoint in any case. Package registries cannot be reached this way.
   * @default - none
   */
  studioEndpoints: optional(object({})),
  /**
   * Interface endpoints, for AWS services to reach without the internet, by a key of your choice that does not change later:
   * `{ sagemaker: { service: "sagemaker.api" } }`. One for `s3` serves clients outside the VPC, e.g. on premises: inside the VPC, S3 is
   * reached by the gateway endpoint.
   * @default - none
   */
  interfaceEndpoints: optional(
    mapOf(
      object({
        /**
         * The part of the service's name after `com.amazonaws.<region>.`, e.g. `sagemaker.api`; or the whole name where it begins otherwise:
         * `aws.sagemaker.us-east-1.studio`, `cn.com.amazonaws.cn-north-1.sts`.
         */
        service: text(
          rule.matches(
            /^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$/,
            "must be the name of an endpoint service: the part after com.amazonaws.<region>., e.g. sagemaker.api, or the whole name, e.g. aws.sagemaker.us-east-1.studio",
          ),
        ),
      }),
      rule.keysMatch(/^[a-z][a-z0-9_-]{0,31}$/, "must have keys of lower-case letters, digits, _ and -"),
    ),
    {},
  ),
  /**
   * Names of public buckets of other accounts whose objects may be read through the endpoints to S3, also without credentials of this
   * account, by a key of your choice that does not change later. ECR's bucket with the layers of images is always allowed.
   * @default - none
   */
  publicBuckets: optional(mapOf(text(), rule.atMost(100, "buckets: an endpoint's policy holds 20 KB")), {}),
  /**
   * Ids of other accounts whose S3 Access Grants give this account's people access to data there, by a key of your choice that does not
   * change later. Through the endpoints to S3, credentials of such an account then reach buckets of these accounts.
   * @default - none; credentials of other accounts do not work through the endpoints
   */
  trustedAccounts: optional(
    mapOf(text(rule.matches(/^[0-9]{12}$/, "must be the 12 digits of an AWS account")), rule.key),
    {},
  ),
  /**
   * VPC flow logs: records all connections in CloudWatch Logs.
   * @default - no flow logs
   */
  flowLogs: optional(logs),
};

const relations = [...networkRelations, endpointsOnce] as const;

/** A network to make. */
export const network = object(networkOptions, ...relations);

export const studioNetworkInputs = object({ ...naming, ...roleOptions, ...networkOptions }, ...relations);
export type StudioNetworkProps = PropsOf<typeof studioNetworkInputs>;
export type ResolvedNetworkProps = Resolved<typeof studioNetworkInputs>;
