import { readFileSync } from "node:fs";
import { join } from "node:path";
import { preparseSchema } from "./cedar";

/** The schema's text, put in its place by the bundler: the deployed function has no policies folder beside it. */
declare const BUNDLED_SCHEMA: string | undefined;

/** The public contract of policy authors, policies/datazone.cedarschema. */
export const SCHEMA =
  typeof BUNDLED_SCHEMA === "string"
    ? BUNDLED_SCHEMA
    : readFileSync(join(__dirname, "../../../policies/datazone.cedarschema"), "utf8");

/** The name under which Cedar keeps the parsed schema for the life of the process. */
export const PARSED_SCHEMA = "datazone";

const parsed = preparseSchema(PARSED_SCHEMA, SCHEMA);
if (parsed.type === "failure") {
  throw new Error(`datazone.cedarschema does not parse: ${parsed.errors.map((error) => error.message).join("; ")}`);
}
