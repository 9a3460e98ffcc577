import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TERRAFORM_ENV } from "../../sandbox/deployment";
import { aws, python } from "../../sandbox/walkthrough/clients";
import { makeWorld, type World } from "../../sandbox/walkthrough/world";
import { ROOT, temporary } from "../modules/support/examples";
import { Baseline } from "./baseline";
import { rootIn, synthesize } from "./environment";
import { firstSettings, type Settings } from "./settings";
import { type Resource, resourcesIn } from "./state";

/** Actions by address: `create`, `update`, `delete`, `replace`, `move`, `import`, or `import, update` and the like. */
export type Changes = Readonly<Record<string, string>>;

type Inventory = Readonly<Record<string, readonly string[]>>;
interface Event {
  readonly type: string;
  readonly change?: {
    readonly resource: { readonly addr: string };
    readonly action: string;
    readonly importing?: object;
  };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
}

const WALKTHROUGH = path.join(ROOT, "sandbox", "walkthrough");
const HERE = __dirname;

/** A root in a sandbox of its own, which changes are planned for and applied to: an environment, and both compositions called from HCL. */
export class YearlyDeployment {
  /** What is deployed, where it is not today's. */
  private baseline: Baseline | undefined;

  private constructor(
    readonly sandbox: Sandbox,
    readonly world: World,
    private readonly outdir: string,
    private readonly systems: { readonly approval: boolean },
    private readonly before: Inventory,
    /** What was planned last. */
    public settings: Settings,
  ) {}

  /** Where Terraform runs. */
  get folder(): string {
    return rootIn(this.outdir);
  }

  /** @param systems whether there is system A too */
  static async open(systems = { approval: true }): Promise<YearlyDeployment> {
    const sandbox = await startSandbox({ timeScale: 120 });
    const world = await makeWorld(sandbox);
    const { KeyMetadata } = await aws<{ KeyMetadata: { Arn: string } }>(sandbox.env, "kms", "create-key");
    const before = await python<Inventory>(sandbox.env, path.join(WALKTHROUGH, "inventory.py"));
    const settings = firstSettings(world, KeyMetadata.Arn);
    const deployment = new YearlyDeployment(sandbox, world, temporary(), systems, before, settings);
    fs.mkdirSync(deployment.folder, { recursive: true });
    for (const file of ["studio.tf", ...(systems.approval ? ["approval.tf"] : [])])
      fs.copyFileSync(path.join(HERE, file), path.join(deployment.folder, file));
    return deployment;
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    this.baseline?.remove();
    fs.rmSync(this.outdir, { recursive: true, force: true });
  }

  /** Takes the constructs and the modules of this project, or of its baseline for upgrades, in place of those that are there. */
  async become(which: "today's" | "the baseline's"): Promise<void> {
    this.baseline?.remove();
    this.baseline = which === "today's" ? undefined : new Baseline();
    const modules = path.join(this.folder, "modules");
    fs.rmSync(modules, { recursive: true, force: true });
    fs.cpSync(this.baseline?.modules ?? path.join(ROOT, "modules"), modules, { recursive: true });
    this.synthesize();
    await this.terraform("init");
  }

  private synthesize(): void {
    if (this.baseline) this.baseline.synthesize(this.outdir, this.settings, this.systems);
    else synthesize(this.outdir, this.settings, this.systems);
  }

  /** Writes a file of the root, or takes it away. */
  write(file: string, text: string | undefined): void {
    if (text === undefined) fs.rmSync(path.join(this.folder, file));
    else fs.writeFileSync(path.join(this.folder, file), text);
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), "utf8");
  }

  /**
   * What Terraform would change, and nothing is applied yet.
   *
   * @param refresh whether AWS is asked first what there is
   */
  async plan(change: Partial<Settings> = {}, { refresh = false } = {}): Promise<Changes> {
    this.settings = { ...this.settings, ...change };
    this.synthesize();
    this.write("year.auto.tfvars.json", JSON.stringify({ settings: this.settings }));
    const printed = await this.terraform("plan", "-json", "-out=year.tfplan", `-refresh=${refresh}`);
    const events = printed
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    const changes = events.filter(({ type }) => type === "planned_change").map(({ change }) => change!);
    return Object.fromEntries(
      changes
        .filter(({ action }) => action !== "read")
        .map(({ resource, action, importing }) => [
          resource.addr,
          importing && action !== "import" ? `import, ${action}` : action,
        ])
        .sort(),
    );
  }

  /** Applies what was planned last. @throws Error with what was printed where it fails */
  async apply(): Promise<void> {
    await this.terraform("apply", "year.tfplan");
  }

  async terraform(...args: string[]): Promise<string> {
    return await this.run("terraform", args);
  }

  /** Runs commands of a shell where Terraform runs. */
  async script(commands: string): Promise<string> {
    return await this.run("bash", ["-euo", "pipefail", "-c", commands]);
  }

  private run(command: string, args: readonly string[]): Promise<string> {
    const env = { ...process.env, ...this.sandbox.env, ...TERRAFORM_ENV, TF_CLI_ARGS: "-no-color" };
    return new Promise((resolve, reject) => {
      execFile(command, args, { cwd: this.folder, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${command} ${args.join(" ")}:\n${told(stdout)}${stderr}`));
        else resolve(stdout);
      });
    });
  }

  /** The managed resources of the state. */
  async resources(): Promise<readonly Resource[]> {
    return resourcesIn(await this.terraform("show", "-json"));
  }

  /** The commands that give the domains their subnets: of the environment, and of the group. */
  async updateSubnetsCommands(): Promise<readonly string[]> {
    const outputs = JSON.parse(await this.terraform("output", "-json")) as Record<string, { value: string }>;
    return ["own", "called"].map((whose) => outputs[`${whose}_update_subnets_command`]!.value);
  }

  /** What exists in the account that did not before, by kind. */
  async left(): Promise<string[]> {
    const now = await python<Inventory>(this.sandbox.env, path.join(WALKTHROUGH, "inventory.py"));
    return Object.entries(now).flatMap(([kind, names]) =>
      names.filter((name) => !this.before[kind]?.includes(name)).map((name) => `${kind}: ${name}`),
    );
  }

  aws<T>(...args: string[]): Promise<T> {
    return aws<T>(this.sandbox.env, ...args);
  }
}

/** What went wrong, of a run with `-json`; anything else as it was printed. */
function told(printed: string): string {
  const diagnostics = [...printed.matchAll(/^\{.*"type":"diagnostic".*\}$/gm)].map(
    ([line]) => (JSON.parse(line) as Event).diagnostic!,
  );
  if (diagnostics.length === 0) return printed;
  return diagnostics.map(({ severity, summary, detail }) => `${severity}: ${summary}\n${detail}\n`).join("");
}
