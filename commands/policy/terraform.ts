import { readFileSync } from "node:fs";
import { z } from "zod";

/** What `terraform show -json` says of a resource, as far as it is known. */
const resource = z.object({
  address: z.string(),
  type: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  values: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.output<typeof resource>;

/** A module with its resources; the root has no address. */
export interface Module {
  readonly address?: string;
  readonly resources: readonly Resource[];
  readonly child_modules: readonly Module[];
}
const module_: z.ZodType<Module> = z.object({
  address: z.string().optional(),
  resources: z.array(resource).default([]),
  child_modules: z.lazy(() => z.array(module_)).default([]),
});
const values = z.object({ root_module: module_.default({ resources: [], child_modules: [] }) });
const shown = z.union([
  z.object({ planned_values: values }).transform(({ planned_values }) => planned_values.root_module),
  z.object({ values }).transform(({ values: { root_module } }) => root_module),
]);

/**
 * Reads a plan or a state, as `terraform show -json` writes them: what will be, or is, there.
 *
 * @returns all modules, the root first
 * @throws Error that says what the file is instead
 */
export function readTerraform(file: string): Module[] {
  const refuse = (is: string): never => {
    throw new Error(
      `${file} ${is}. What is read is a plan or a state as JSON: terraform show -json <plan file> > plan.json, or terraform show -json > state.json`,
    );
  };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    return refuse(error instanceof SyntaxError ? "is not JSON" : `cannot be read (${(error as Error).message})`);
  }
  const parsed = shown.safeParse(json);
  if (!parsed.success) return refuse("is neither a plan nor a state");
  return flatten(parsed.data);
}

const flatten = (root: Module): Module[] => [root, ...root.child_modules.flatMap(flatten)];
