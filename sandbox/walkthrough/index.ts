import { rmSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { pythonEnv } from "../../scripts/python-env";
import { Deployment } from "../deployment";
import { startSandbox, type Sandbox } from "../index";
import { type AccessOutputs, walkThroughAccess } from "./access";
import { type ApprovalOutputs, walkThroughApprovals } from "./approvals";
import { type Env, python } from "./clients";
import { type Kept, sayKept, writeKept } from "./kept";
import { Report } from "./report";
import { emptyStudio } from "./studio";
import { walkThroughTour } from "./tour";
import { holdGrantsAgainstUse, workForADay } from "./use";
import { makeWorld } from "./world";

const USAGE = `Deploys both systems into a local AWS with the real cdktf CLI, Terraform and AWS provider, walks through both, and takes
everything down again. The exit code says whether every promise held.

  npm start                 all of it, then clean up
  npm start -- --keep       leave it running until Ctrl-C, and say how to talk to it and how to change it
  npm start -- --verbose    with everything that cdktf and Terraform print
  npm start -- --help       this text

Colours are used on a terminal only, and never where NO_COLOR is set. More: docs/sandbox.md`;

const HERE = __dirname;

type Inventory = Readonly<Record<string, readonly string[]>>;

const script = (name: string): string => path.join(HERE, name);

/** Counts what Terraform has done, for the progress line. */
function progress(state: (text: string) => void, verb: "Creation" | "Destruction"): (line: string) => void {
  let planned = 0;
  let done = 0;
  return (line) => {
    const plan = /Plan: (\d+) to add, \d+ to change, (\d+) to destroy/.exec(line);
    if (plan) planned = Number(verb === "Creation" ? plan[1] : plan[2]);
    if (line.includes(`${verb} complete`)) done += 1;
    if (planned > 0) state(`${done} of ${planned} resources`);
  };
}

async function main({ keep, verbose }: { readonly keep?: boolean; readonly verbose?: boolean }): Promise<number> {
  const report = new Report(process.stdout);
  let onLine: (line: string) => void = () => undefined;
  let sandbox: Sandbox | undefined;
  let deployment: Deployment | undefined;
  let kept: Kept | undefined;
  const end = async (): Promise<void> => {
    if (kept) rmSync(kept.file, { force: true });
    await sandbox?.stop();
    deployment?.cleanUp();
  };
  // The local AWS is gone with it, so there is nothing to destroy.
  const interrupted = (): void => void end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  try {
    report.part("A local AWS");
    await report.step("moto and the AWS CLI (installed the first time):", (onProgress) => pythonEnv({ onProgress }));
    sandbox = await report.step("starting", () => startSandbox());
    report.facts({ endpoint: sandbox.endpoint, account: sandbox.account, region: sandbox.region });
    const env: Env = sandbox.env;
    const started = sandbox;
    const world = await report.step("a catalog with three published assets, and a data set", () => makeWorld(started));
    const before = await python<Inventory>(env, script("inventory.py"));

    report.part("Deploying both systems");
    deployment = new Deployment(sandbox, {
      settings: world.settings,
      onLine: (line) => {
        onLine(line);
        if (verbose) console.log(line);
      },
    });
    const running = deployment;
    report.command("cdktf deploy sandbox");
    const deployed = await report.step("cdktf, Terraform and the AWS provider:", (state) => {
      onLine = progress(state, "Creation");
      return running.deploy();
    });
    const pending = await report.step("planning a second time", () => running.pendingChanges());
    report.promise("a second plan is empty", Object.keys(pending).length === 0, pending);

    const outputs = deployed as unknown as ApprovalOutputs & AccessOutputs;
    await walkThroughApprovals(report, env, sandbox.control, world.catalog, outputs);
    await walkThroughAccess(report, env, sandbox.control, world.account, outputs);
    await walkThroughTour(report, env, world, outputs);
    await workForADay(report, env, sandbox.control, world.catalog, outputs);
    await holdGrantsAgainstUse(report, env, sandbox.control, await running.roles());

    if (keep) {
      kept = writeKept(sandbox, running);
      sayKept(report, kept, sandbox, world.catalog);
      process.off("SIGINT", interrupted);
      await new Promise<void>((resolve) => process.once("SIGINT", resolve));
    }

    report.part("Clean-up");
    await emptyStudio(report, env, running.stackDirectory, outputs.studio_domain_id);
    report.command("cdktf destroy sandbox");
    await report.step("", (state) => {
      onLine = progress(state, "Destruction");
      return running.destroy();
    });
    const after = await python<Inventory>(env, script("inventory.py"));
    const left = Object.entries(after).flatMap(([kind, names]) =>
      names.filter((name) => !before[kind]?.includes(name)).map((name) => `${kind}: ${name}`),
    );
    report.promise("destroy leaves nothing", left.length === 0 && (await running.state()).length === 0, left);
  } catch (error) {
    report.promise(`the walkthrough runs to its end`, false, (error as Error).message);
  } finally {
    await end();
  }
  report.summary();
  return report.broken.length === 0 ? 0 : 1;
}

try {
  const flag = { type: "boolean" } as const;
  const { values } = parseArgs({ options: { keep: flag, verbose: flag, help: { ...flag, short: "h" } } });
  if (values.help) console.log(USAGE);
  else void main(values).then((code) => process.exit(code));
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
