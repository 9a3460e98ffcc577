import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, TerraformOutput, type TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack, ModuleStack } from "../../constructs/hosting";
import { docsOf } from "../../constructs/publishing/definitions";
import type { ModuleDefinition } from "../../constructs/publishing/module";
import { stackOf } from "../../constructs/publishing/synthesize";

class TestStack extends AddressedStack {}

/** Stand-ins for the functions' bundles, so that no test of a construct needs a build. */
export const BUNDLES = path.join(__dirname, "bundles");

const app = (): App => new App({ outdir: os.tmpdir(), context: { bundles: BUNDLES } });

/** The Terraform JSON of constructs in an environment. */
export function environment(make: (stack: TerraformStack) => void): Record<string, never> & object {
  const stack = new TestStack(app(), "test");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  make(stack);
  const json = synthesized(stack);
  // cdktf's default backend is a path on this machine.
  delete (json as { terraform?: { backend?: unknown } }).terraform?.backend;
  return json;
}

/** The Terraform expressions that a construct's attribute is in an environment. */
export function attributeIn<T>(make: (stack: TerraformStack) => T): T {
  const synthesized = environment((stack) => new TerraformOutput(stack, "it", { value: make(stack) }));
  return (synthesized as unknown as { output: { it: { value: T } } }).output.it.value;
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

/** The Terraform JSON of a published module, before it becomes HCL. */
export const moduleOf = <P>(definition: ModuleDefinition<P>): object =>
  synthesized(stackOf(app(), definition, docsOf(definition.name).attributes));

function synthesized(stack: TerraformStack): Record<string, never> & object {
  stack.prepareStack();
  // cdktf's own notes say nothing to Terraform.
  const withoutNotes = (key: string, value: unknown): unknown => (key === "//" ? undefined : value);
  return JSON.parse(JSON.stringify(stack.toTerraform()), withoutNotes) as Record<string, never>;
}

/** Writes a configuration into a folder. */
export function write(folder: string, configuration: object, name = "main.tf.json"): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, name), JSON.stringify(configuration, null, 2));
}
