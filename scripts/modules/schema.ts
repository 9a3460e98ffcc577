import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Blocks } from "../../constructs/publishing/hcl/block";

export const PROVIDER = "5.100.0";
const KINDS = { data: "data_source_schemas", resource: "resource_schemas" } as const;

interface SchemaBlock {
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}
type Schemas = Readonly<Record<string, Readonly<Record<string, { readonly block: SchemaBlock }>>>>;

const blocks = ({ block_types = {} }: SchemaBlock): Blocks =>
  Object.fromEntries(
    Object.entries(block_types)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { block }]) => [name, blocks(block)]),
  );

/**
 * The part of the AWS provider's schema that tells blocks from arguments, for the types that are used. It is committed,
 * so that generating modules needs no Terraform: the whole schema is 13 MB, and Terraform takes seconds to print it.
 */
export function extractSchema(used: Readonly<Record<keyof typeof KINDS, readonly string[]>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "schema-"));
  try {
    const required_providers = { aws: { source: "hashicorp/aws", version: PROVIDER } };
    fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const run = (...args: string[]): string =>
      execFileSync("terraform", args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 });
    run("init", "-input=false", "-no-color");
    const { provider_schemas } = JSON.parse(run("providers", "schema", "-json")) as {
      provider_schemas: Readonly<Record<string, Schemas>>;
    };
    const schemas = Object.values(provider_schemas)[0]!;
    const of = (kind: keyof typeof KINDS): Record<string, Blocks> =>
      Object.fromEntries(
        [...new Set(used[kind])].sort().map((type) => {
          const schema = schemas[KINDS[kind]]![type];
          if (!schema) throw new Error(`the AWS provider ${PROVIDER} has no ${kind} ${type}`);
          return [type, blocks(schema.block)];
        }),
      );
    return `${JSON.stringify({ provider: PROVIDER, data: of("data"), resource: of("resource") }, null, 2)}\n`;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
