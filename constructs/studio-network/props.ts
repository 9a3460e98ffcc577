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
   * Elastic IP to come from, e.g. because others know it.
   * @default - one made here
   */
  elasticIp: optional(object({ allocationId: ec2Id("eipalloc", "an Elastic IP") })),
});

/** What a network is like. */
export const networkOptions = {
  /** Addresses of the VPC: an IPv4 CIDR from /16 to /28. */
  vpcCidr: cidr,
  /** Private subnets, where Studio, its jobs and its file system are: Availability Zone → CIDR inside the VPC. */
  privateSubnets: mapOf(cidr, ZONE, rule.atLeast(1, "subnet")),
  /**
   * Public subnets, for NAT gateways: Availability Zone → CIDR inside the VPC.
   * @default - none, and no internet gateway
   */
  publicSubnets: optional(mapOf(cidr, ZONE), {}),
  /**
   * NAT gateways, by the Availability Zone of the public subnet that they stand in. One serves all private subnets; with one
   * in each zone, each serves its own. Private subnets without one of their own use that of the first zone.
   * @default - none: private subnets reach S3 and `interfaceEndpoints`, and nothing else
   */
  natGateways: optional(mapOf(natGateway, ZONE), {}),
  /**
   * Interface endpoints for what Studio and its jobs need where there is no NAT gateway: the SageMaker API and runtime, Studio itself,
   * STS, CloudWatch Logs and ECR. S3 has its gateway endpoint. Package registries stay out of reach.
   * @default - none
   */
  studioEndpoints: optional(object({})),
  /**
   * AWS services to reach without the internet, by a key of your choice that does not change later: `{ sagemaker: { service: "sagemaker.api" } }`. `s3` is for whoever
   * comes from outside the VPC: inside it S3 stays with its gateway endpoint.
   * @default - none
   */
  interfaceEndpoints: optional(
    mapOf(
      object({
        /**
         * What follows `com.amazonaws.<region>.` in the service's name; or the whole name, where it begins otherwise:
         * `aws.sagemaker.us-east-1.studio`, `cn.com.amazonaws.cn-north-1.sts`.
         */
        service: text(
          rule.matches(
            /^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$/,
            "must be an endpoint service: what follows com.amazonaws.<region>., e.g. sagemaker.api, or a whole name, e.g. aws.sagemaker.us-east-1.studio",
          ),
        ),
      }),
      rule.keysMatch(/^[a-z][a-z0-9_-]{0,31}$/, "must have keys of lower-case letters, digits, _ and -"),
    ),
    {},
  ),
  /**
   * Buckets of others whose objects may be read through the S3 endpoint without this account's credentials, by a name that
   * stays. ECR's, which holds the layers of its images, always may.
   * @default - none
   */
  publicBuckets: optional(mapOf(text(), rule.atMost(100, "buckets: an endpoint's policy holds 20 KB")), {}),
  /**
   * Accounts whose data this account's people are granted by S3 Access Grants, by a key of your choice that does not change later: through the S3 endpoint, credentials
   * of such an account reach what is in these accounts.
   * @default - none; credentials of other accounts do not work in the network
   */
  trustedAccounts: optional(
    mapOf(text(rule.matches(/^[0-9]{12}$/, "must be the 12 digits of an AWS account")), rule.key),
    {},
  ),
  /**
   * Records who talks to whom in CloudWatch Logs.
   * @default - not recorded
   */
  flowLogs: optional(logs),
};

const relations = [...networkRelations, endpointsOnce] as const;

/** A network to make. */
export const network = object(networkOptions, ...relations);

export const studioNetworkInputs = object({ ...naming, ...roleOptions, ...networkOptions }, ...relations);
export type StudioNetworkProps = PropsOf<typeof studioNetworkInputs>;
export type ResolvedNetworkProps = Resolved<typeof studioNetworkInputs>;
