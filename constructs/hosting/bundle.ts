import * as fs from "node:fs";
import * as path from "node:path";
import type { Construct } from "constructs";
import { AssetType, TerraformAsset, Token } from "cdktf";
import { hcl, raw } from "./expression";
import { hostingModule } from "./stacks";

const BUNDLES = path.resolve(__dirname, "../../dist/functions");

/** The path of a function's prebuilt zip at plan time, and the hash by which Terraform sees that it has changed. */
export interface Bundle {
  readonly filename: string;
  readonly sourceCodeHash: string;
}

/**
 * The bundle of a function: in an environment copied beside the synthesized configuration, in a module a file of it. Bundles come from
 * dist/functions, or from where cdktf's context `bundles` says.
 *
 * @throws Error where the function has not been built.
 */
export function bundle(scope: Construct, functionName: string): Bundle {
  const file = located(scope, `${functionName}.zip`);
  return {
    filename: `\${path.module}/${file}`,
    sourceCodeHash: Token.asString(hcl`filebase64sha256("${raw("${path.module}")}/${raw(file)}")`),
  };
}

function located(scope: Construct, zip: string): string {
  if (hostingModule(scope) !== undefined) return zip;
  const source = path.join((scope.node.tryGetContext("bundles") as string | undefined) ?? BUNDLES, zip);
  if (!fs.existsSync(source)) {
    throw new Error(`${scope.node.path}: ${path.relative(process.cwd(), source)} is not there: run npm run build`);
  }
  // A constant "hash": the path then stays the same, and source_code_hash alone tells of a new bundle.
  return new TerraformAsset(scope, "bundle", { path: source, type: AssetType.FILE, assetHash: "bundle" }).path;
}
