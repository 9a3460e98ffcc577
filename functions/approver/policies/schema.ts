import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Schema, preparseSchema } from "./cedar";

/** The schema as JSON, put in its place by the bundler: it parses faster, and no policies folder is deployed. */
declare const BUNDLED_SCHEMA: string | undefined;

/** The public contract of policy authors, policies/datazone.cedarschema. */
export const SCHEMA: Schema =
  typeof BUNDLED_SCHEMA === "string"
    ? (JSON.parse(BUNDLED_SCHEMA) as Schema)
    : readFileSync(join(__dirname, "../../../policies/datazone.cedarschema"), "utf8");

/** The name under which Cedar keeps the parsed schema for the life of the process. */
export const PARSED_SCHEMA = "datazone";

const parsed = preparseSchema(PARSED_SCHEMA, SCHEMA);
if (parsed.type === "failure") {
  throw new Error(`datazone.cedarschema does not parse: ${parsed.errors.map((error) => error.message).join("; ")}`);
}
