import * as schema from "./schema.json";
import type { Blocks } from "./hcl/block";
import type { Thing } from "./synthesize";

/** The release of the AWS provider whose schema tells blocks from arguments. */
export const SCHEMA_VERSION: string = schema.provider;

/** Resources of Terraform's own, which no provider's schema has. */
const BUILT_IN: Readonly<Record<string, Blocks>> = { terraform_data: {} };

/**
 * The nested blocks of a resource or data source.
 *
 * @throws Error where schema.json does not know it.
 */
export function blocksOf({ kind, labels }: Thing): Blocks {
  if (kind === "module") return {};
  const known = (schema as unknown as Record<string, Record<string, Blocks>>)[kind];
  const blocks = known?.[labels[0]!] ?? BUILT_IN[labels[0]!];
  if (!blocks) throw new Error(`schema.json does not know the ${kind} ${labels[0]}: run npm run modules -- --schema`);
  return blocks;
}
