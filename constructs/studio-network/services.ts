import type { Construct } from "constructs";
import { compute, type Condition, equal, hcl, keep, local } from "../hosting";
import { isKnown, rule } from "../inputs";

/** How a service's name begins: most with `com.amazonaws.`, in China `cn.com.amazonaws.`; some with `com.amazonaws.` everywhere; Studio with `aws.sagemaker.`. */
type Begins = "com" | "everywhere" | "sagemaker";

/**
 * What Studio needs without a NAT gateway (Amazon SageMaker AI Developer Guide, "Connect Amazon SageMaker Studio in a VPC to External
 * Resources", "Connect to Amazon SageMaker Studio … Through an Interface VPC Endpoint"), and what jobs and examples/studio need in
 * addition: STS, to ask who they are, their logs, their images.
 */
const STUDIO: Readonly<Record<string, readonly [begins: Begins, service: string]>> = {
  sagemaker_api: ["com", "sagemaker.api"],
  sagemaker_runtime: ["com", "sagemaker.runtime"],
  studio: ["sagemaker", "studio"],
  sts: ["com", "sts"],
  logs: ["everywhere", "logs"],
  ecr_api: ["com", "ecr.api"],
  ecr_dkr: ["com", "ecr.dkr"],
};

/** Names of the endpoint services that Studio needs, by the keys of the table above; empty where they are not wanted. */
export function studioServices(scope: Construct, region: string, wanted: Condition): Readonly<Record<string, string>> {
  const com = compute(
    region,
    (known) => (known.startsWith("cn-") ? "cn.com.amazonaws" : "com.amazonaws"),
    (text) => hcl`startswith(${text}, "cn-") ? "cn.com.amazonaws" : "com.amazonaws"`,
  );
  const begins = { com: local(scope, "services_begin", com), everywhere: "com.amazonaws", sagemaker: "aws.sagemaker" };
  const names = Object.entries(STUDIO).map(([key, [begin, service]]) => [key, `${begins[begin]}.${region}.${service}`]);
  return keep(Object.fromEntries(names) as Record<string, string>, wanted);
}

const WHOLE = /^(aws|(cn[.])?com[.]amazonaws)[.]/;

/** The full name of an endpoint service, from the full name or from its part after `com.amazonaws.<region>.`. */
export const serviceName = (service: string, region: string): string =>
  compute(
    service,
    (known) => (WHOLE.test(known) ? known : `com.amazonaws.${region}.${known}`),
    (text) => hcl`can(regex(${WHOLE.source}, ${text})) ? ${text} : ${`com.amazonaws.${region}.${service}`}`,
  );

/** Whether a service is S3. */
export const isS3 = (service: string): Condition =>
  equal(
    compute(
      service,
      (known) => known.split(".").at(-1)!,
      (text) => hcl`reverse(split(".", ${text}))[0]`,
    ),
    "s3",
  );

const LAST = new RegExp(
  `(^|[.])(${Object.values(STUDIO)
    .map(([, service]) => service.replace(".", "[.]"))
    .join("|")})$`,
);
const ONCE =
  "must not be a service that studioEndpoints makes an endpoint for already, because two endpoints of one VPC cannot have the same private DNS name: leave it out";

/** A VPC can have only one interface endpoint with private DNS for a service. */
export const endpointsOnce = rule.relation<{
  readonly studioEndpoints?: object | undefined;
  readonly interfaceEndpoints: Readonly<Record<string, { readonly service: string }>>;
}>({
  about: "interfaceEndpoints",
  says: ONCE,
  problems: ({ studioEndpoints, interfaceEndpoints }) =>
    studioEndpoints === undefined || !isKnown(interfaceEndpoints)
      ? []
      : Object.entries(interfaceEndpoints)
          .filter(([, { service }]) => isKnown(service) && LAST.test(service))
          .map(([key, { service }]) => `interfaceEndpoints.${key}.service: ${ONCE} (given: "${service}")`),
  wrong: (props) =>
    `[for key, endpoint in ${props}.interface_endpoints : "\${key} (\${endpoint.service})" if ${props}.studio_endpoints != null && can(regex(${JSON.stringify(LAST.source)}, endpoint.service))]`,
  broken: { studioEndpoints: {}, interfaceEndpoints: { sagemaker: { service: "sagemaker.api" } } },
});
