import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { SynthesizedModule } from "../../constructs/publishing/synthesize";
import { PROVIDER } from "./schema";

type Type = "string" | "number" | "bool" | ["list" | "set" | "map", Type] | ["object", Record<string, Type>];
interface Attribute {
  readonly type: Type;
  readonly required?: true;
  readonly optional?: true;
}
interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block; readonly min_items?: number }>>;
}
interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** Attributes that are not arguments of the service, or that the provider refuses beside an unknown argument. */
const LEFT_OUT = ["tags_all", "timeouts", "filter_policy_scope", "metric_query"];
/** Values that attributes accept in a state for which the provider does not take just any text. */
const TYPED: Readonly<Record<string, string>> = {
  policy: "{}",
  s3_prefix_type: "Object",
  permission: "READ",
  status: "ASSIGNED",
  type: "IAM",
  user_type: "IAM_ROLE",
  transition_default_minimum_object_size: "varies_by_storage_class",
};
const ARN = "arn:aws:iam::111122223333:role/before";

function sample(type: Type): unknown {
  if (type === "string") return "before";
  if (type === "number") return 7;
  if (type === "bool") return true;
  const [kind, of] = type;
  if (kind === "object") return Object.fromEntries(Object.entries(of).map(([name, field]) => [name, sample(field)]));
  return kind === "map" ? { k: sample(of) } : [sample(of)];
}

/** A resource in the state: all attributes, and its blocks only where the plan is not to add them. */
const before = ({ attributes = {}, block_types = {} }: Block, withBlocks: boolean): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(attributes).map(([name, { type }]) => [
      name,
      TYPED[name] ?? (name.endsWith("_arn") && type === "string" ? ARN : sample(type)),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(block_types).map(([name, { block, min_items }]) => {
      if (name === "timeouts") return [name, null];
      return [name, withBlocks || min_items ? [before(block, true)] : []];
    }),
  ),
});

/**
 * A configuration in which no value is known before the apply, so that every argument may change and none is validated.
 */
class Unknown {
  readonly values: Record<string, { input: unknown }> = {};

  of({ attributes = {}, block_types = {} }: Block): Record<string, unknown> {
    const settable = Object.entries(attributes).filter(
      ([name, { required, optional }]) => (required || optional) && !LEFT_OUT.includes(name),
    );
    const blocks = Object.entries(block_types).filter(([name]) => !LEFT_OUT.includes(name));
    return {
      ...Object.fromEntries(settable.map(([name, { type }]) => [name, this.value(type)])),
      ...Object.fromEntries(blocks.map(([name, { block }]) => [name, [this.of(block)]])),
    };
  }

  private value(type: Type): string {
    const name = `of_${JSON.stringify(type).replace(/\W+/g, "_")}`;
    this.values[name] = { input: sample(type) };
    return `\${terraform_data.${name}.output}`;
  }
}

/** Constant arguments in the modules: for some resources they decide whether another argument forces replacement. */
function constants(modules: readonly SynthesizedModule[]): ReadonlyMap<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>();
  for (const { kind, labels, body } of modules.flatMap(({ things }) => things)) {
    const literal = Object.entries(body).filter(([, value]) => typeof value === "string" && !value.includes("${"));
    if (kind === "resource") {
      found.set(labels[0]!, { ...found.get(labels[0]!), ...(Object.fromEntries(literal) as Record<string, string>) });
    }
  }
  return found;
}

interface Shown {
  readonly resource_changes: ReadonlyArray<{
    readonly type: string;
    readonly change: { readonly replace_paths?: ReadonlyArray<ReadonlyArray<string | number>> };
  }>;
}

/**
 * The arguments of resources that force replacement. The provider's printed schema does not say which they are, so a
 * plan does: in a state each resource exists, in the configuration no value is known, and the plan names the arguments
 * for which the provider would replace it. AWS is not asked anything.
 */
export function replacingArguments(modules: readonly SynthesizedModule[]): Readonly<Record<string, readonly string[]>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "replacing-"));
  const run = (...args: string[]): string =>
    execFileSync("terraform", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 });
  const write = (file: string, content: object): void =>
    fs.writeFileSync(path.join(folder, file), JSON.stringify(content));
  try {
    const terraform = { required_providers: { aws: { source: "hashicorp/aws", version: PROVIDER } } };
    write("main.tf.json", { terraform });
    run("init", "-input=false", "-no-color");
    const { provider_schemas } = JSON.parse(run("providers", "schema", "-json")) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, Schema> }>;
    };
    const schemas = Object.values(provider_schemas)[0]!.resource_schemas;
    const ours = constants(modules);
    const unknown = new Unknown();
    const resource: Record<string, Record<string, object>> = {};
    const resources: object[] = [];
    for (const [type, literal] of [...ours].filter(([type]) => type.startsWith("aws_"))) {
      const { version, block } = schemas[type]!;
      const variants = { changed: true, added: false, ours: true };
      for (const [name, withBlocks] of Object.entries(variants)) {
        const known = name === "ours" ? literal : {};
        const config = unknown.of(block);
        delete config["id"]; // not an argument of the resource, but of blocks in it
        (resource[type] ??= {})[name] = { ...config, ...known };
        const attributes = { ...before(block, withBlocks), ...known };
        const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
        resources.push({ mode: "managed", type, name, provider, instances: [{ schema_version: version, attributes }] });
      }
    }
    const offline = {
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
    };
    const aws = { region: "us-east-1", access_key: "none", secret_key: "none", ...offline };
    write("main.tf.json", { terraform, provider: { aws }, resource: { ...resource, terraform_data: unknown.values } });
    write("terraform.tfstate", {
      version: 4,
      terraform_version: "1.9.0",
      serial: 1,
      lineage: "before",
      outputs: {},
      resources,
    });
    run("plan", "-input=false", "-no-color", "-refresh=false", "-out=plan");
    const { resource_changes } = JSON.parse(run("show", "-json", "plan")) as Shown;
    const found = new Map([...ours.keys()].sort().map((type) => [type, new Set<string>()]));
    for (const { type, change } of resource_changes) {
      for (const steps of change.replace_paths ?? []) {
        found.get(type)?.add(steps.filter((step) => typeof step === "string").join("."));
      }
    }
    return Object.fromEntries(
      [...found].filter(([type]) => type.startsWith("aws_")).map(([type, paths]) => [type, [...paths].sort()]),
    );
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
