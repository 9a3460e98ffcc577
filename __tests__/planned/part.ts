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
