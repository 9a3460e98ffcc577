import * as fs from "node:fs";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack, ModuleStack } from "../../constructs/hosting";

class TestStack extends AddressedStack {}

/** Stand-ins for the functions' bundles, so that no test of a construct needs a build. */
const context = { bundles: path.join(__dirname, "bundles") };

const app = (): App => new App({ outdir: "dist/unused", context });

/** The Terraform JSON of constructs in an environment. */
export function environment(make: (stack: TerraformStack) => void): Record<string, never> & object {
  const stack = new TestStack(app(), "test");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  make(stack);
  return synthesized(stack);
}

/** The Terraform JSON of a module: every input a variable, what `make` returns the outputs. */
export function module<P>(
  name: string,
  inputs: { readonly fields: object },
  make: (stack: ModuleStack, props: P) => Readonly<Record<string, unknown>>,
): object {
  const stack = new ModuleStack(app(), name);
  const outputs = make(stack, stack.variables<P>(inputs));
  for (const [output, value] of Object.entries(outputs)) stack.output(output, value);
  return synthesized(stack);
}

function synthesized(stack: TerraformStack): Record<string, never> & object {
  stack.prepareStack();
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as Record<string, never>;
  delete (json as Record<string, unknown>)["//"];
  return json;
}

/** Writes a configuration into a folder. */
export function write(folder: string, configuration: object, name = "main.tf.json"): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), JSON.stringify(configuration, null, 2));
}
