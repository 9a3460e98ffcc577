import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { environmentFile } from "../../environments/definition";
import { checkEnvironment } from "../../environments/definition/check";
import type { Environment, EnvironmentFile } from "../../environments/definition/environment";
import { EnvironmentStack } from "../../environments/definition/stack";

const BUNDLES = path.join(__dirname, "../support/bundles");

/** What an environment's file says, or another file in its place. @throws Error with what is wrong with it. */
export function environment(name: string, file: EnvironmentFile = environmentFile(name)): Environment {
  const { environment, problems } = checkEnvironment(name, file);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return environment;
}

/** Synthesizes an environment, with stand-ins for the functions' bundles, and hands its folder over while it is there. */
export async function synthesized<T>(environment: Environment, use: (folder: string) => T | Promise<T>): Promise<T> {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "environment-"));
  try {
    const app = new App({ outdir, context: { bundles: BUNDLES } });
    new EnvironmentStack(app, environment);
    app.synth();
    return await use(path.join(outdir, "stacks", environment.name));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** The Terraform JSON of a synthesized environment. */
export function configuration(folder: string): Record<string, unknown> {
  const json = JSON.parse(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as Record<string, unknown>;
  delete json["//"];
  return json;
}
