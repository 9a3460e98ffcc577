import type { Construct } from "constructs";
import { here, type Statement } from "../hosting";

type Condition = NonNullable<Statement["condition"]>[number];

/**
 * The condition that KMS is asked by a service of this Region. China's services have names of their own; which of the two KMS says
 * there is not documented, and nobody but AWS can be either.
 */
export const viaService = (scope: Construct, ...services: string[]): Condition =>
  via("StringEquals", here(scope).region, services);

/** The condition that KMS is asked by a service, whichever Region it is in. */
export const viaServiceAnywhere = (...services: string[]): Condition => via("StringLike", "*", services);

const via = (test: string, region: string, services: readonly string[]): Condition => ({
  test,
  variable: "kms:ViaService",
  values: services.flatMap((service) =>
    ["amazonaws.com", "amazonaws.com.cn"].map((suffix) => `${service}.${region}.${suffix}`),
  ),
});
