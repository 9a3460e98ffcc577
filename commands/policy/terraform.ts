import { z } from "zod";
import { readText } from "../program/files";
import { showState } from "../program/terraform";

/** What `terraform show -json` says of a resource, as far as it is known. */
const resource = z.object({
  address: z.string(),
  type: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  values: z.record(z.string(), z.unknown()).default({}),
});
export interface Resource extends z.output<typeof resource> {
  /** What the configuration says of its arguments, in a plan: constants, and what they refer to. */
  readonly expressions?: unknown;
}

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

/** What a plan says of its configuration: resources without their indexes, and the modules that are called. */
interface Configuration {
  readonly resources: readonly { readonly address: string; readonly expressions?: unknown }[];
  readonly module_calls: Readonly<Record<string, { readonly module: Configuration }>>;
}
const configuration: z.ZodType<Configuration> = z.object({
  resources: z.array(z.object({ address: z.string(), expressions: z.unknown().optional() })).default([]),
  module_calls: z.lazy(() => z.record(z.string(), z.object({ module: configuration }))).default({}),
});
const NOTHING: Configuration = { resources: [], module_calls: {} };

const values = z.object({ root_module: module_.default({ resources: [], child_modules: [] }) });
const shown = z.union([
  z
    .object({ planned_values: values, configuration: z.object({ root_module: configuration }).optional() })
    .transform(({ planned_values, configuration }) =>
      configured(planned_values.root_module, configuration?.root_module ?? NOTHING),
    ),
  z.object({ values }).transform(({ values: { root_module } }) => root_module),
]);

/** What is there before a plan's changes; of a state it is the state. */
const before = z.union([
  z.object({ prior_state: z.object({ values }) }).transform(({ prior_state }) => prior_state.values.root_module),
  shown,
]);

/**
 * Reads a plan or a state, as `terraform show -json` writes them: what will be, or is, there.
 *
 * @returns all modules, the root first
 * @throws Error that says what the file is instead
 */
export const readTerraform = (file: string): Module[] => read(file, shown);

/** Reads the same file for what was there when a plan was made. A first plan has nothing but its own. */
export const readBefore = (file: string): Module[] => read(file, before);

/** What a person may give for a plan or a state, for help texts and messages. */
export const TERRAFORM_HELP =
  "a plan or a state as JSON: terraform show -json <plan file> > plan.json, or terraform show -json > state.json";

/** Reads the state of a folder where Terraform runs, wherever it is kept. */
export const readRoot = async (folder: string): Promise<Module[]> => parse(await showState(folder), folder, shown);

const read = (file: string, form: z.ZodType<Module>): Module[] => parse(readText(file, TERRAFORM_HELP), file, form);

function parse(text: string, file: string, form: z.ZodType<Module>): Module[] {
  const refuse = (is: string): never => {
    throw new Error(`${file} ${is}. Expected is ${TERRAFORM_HELP}`);
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Of what is in it nothing is said: a state holds secrets.
    if (text.trim() === "") return refuse("is empty");
    return refuse(text.startsWith("PK") ? "is a plan as Terraform keeps it" : "is not JSON");
  }
  const parsed = form.safeParse(json);
  if (parsed.success) return flatten(parsed.data);
  if (isEmpty.safeParse(json).success) return refuse("is an empty state: nothing has been applied yet");
  return refuse(
    isStored.safeParse(json).success ? "is a state as Terraform keeps it" : "is neither a plan nor a state",
  );
}

/** What Terraform shows before the first apply. */
const isEmpty = z.strictObject({ format_version: z.string(), terraform_version: z.string().optional() });
/** A file terraform.tfstate. */
const isStored = z.object({ version: z.number(), lineage: z.string() });

/** The modules with what the configuration says of their resources. */
function configured(module: Module, { resources, module_calls }: Configuration): Module {
  const expressions = new Map(resources.map((one) => [one.address, one.expressions]));
  return {
    ...module,
    resources: module.resources.map((one) => ({ ...one, expressions: expressions.get(own(one.address)) })),
    child_modules: module.child_modules.map((child) =>
      configured(child, module_calls[own(child.address ?? "").replace(/^module\./, "")]?.module ?? NOTHING),
    ),
  };
}

/** The last two parts of an address, without an index: as the configuration has it within its module. */
const own = (address: string): string => /([a-z][\w-]*\.[\w-]+)(\[[^\]]*\])?$/i.exec(address)?.[1] ?? address;

const flatten = (root: Module): Module[] => [root, ...root.child_modules.flatMap(flatten)];
