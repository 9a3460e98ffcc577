import type { OfflineTerraform, Plan } from "../support/terraform";

/**
 * A part of the one root that is planned: a module of its own, so that parts do not know of one another. Its addresses are those
 * within that module.
 */
export interface Part {
  /** Writes the module into a folder below Terraform's. */
  write(terraform: OfflineTerraform, folder: string): void | Promise<void>;
  /** The tests of what was planned. Both are there once tests run. */
  tests(planned: () => { readonly terraform: OfflineTerraform; readonly plan: Plan }): void;
}

/** JSON texts, at any depth, by what they say. A module writes what is not given as null; what reads them takes that as not given. */
export function parsed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parsed);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, parsed(item)]));
  }
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value, (_, item: unknown) => item ?? undefined) as unknown;
  } catch {
    return value;
  }
}

/**
 * What is planned of a resource, but for the policy of the data bucket's location. In an environment its document names a resource of
 * the same module, and Terraform reads such a data source when it applies; a module is handed the name, and knows it at plan.
 */
export function withoutReadLate(address: string, planned: object): object {
  if (!/^aws_iam_role_policy\..*_location_policy_data$/.test(address)) return planned;
  const { unknown } = planned as { readonly unknown?: object };
  return { ...planned, policy: undefined, ...(unknown && { unknown: { ...unknown, policy: undefined } }) };
}
