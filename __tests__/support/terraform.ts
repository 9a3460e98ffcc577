import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** One resource or data source of a plan. */
export interface Planned {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> };
}

/** What Terraform and the AWS provider would do. */
export interface Plan {
  /** Every resource that would be made, by its address. */
  readonly created: Readonly<Record<string, Planned>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111122223333:user/planner</Arn><UserId>AIDAPLANNER</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/**
 * A folder in which the real Terraform and AWS provider validate and plan, without a network: the one API call of a first
 * plan, who the caller is, is answered on loopback by account 111122223333. Close it after use.
 */
export class OfflineTerraform {
  private constructor(
    readonly folder: string,
    private readonly sts: http.Server,
  ) {}

  static async open(): Promise<OfflineTerraform> {
    const sts = http.createServer((_, response) => response.setHeader("content-type", "text/xml").end(IDENTITY));
    await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
    return new OfflineTerraform(fs.mkdtempSync(path.join(os.tmpdir(), "terraform-")), sts);
  }

  close(): void {
    this.sts.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes a file below the folder. */
  write(file: string, content: object | string): void {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }

  /** What makes a configuration a root that never leaves the machine: the provider, and its release that is run here. */
  get root(): object {
    const aws = {
      region: "eu-central-1",
      access_key: "offline",
      secret_key: "offline",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
      endpoints: [{ sts: `http://127.0.0.1:${(this.sts.address() as AddressInfo).port}` }],
    };
    const required_providers = { aws: { source: "hashicorp/aws", version: "5.100.0" } };
    return { terraform: { required_providers }, provider: { aws } };
  }

  /** Initialises a root below the folder. @throws Error with what Terraform says. */
  async init(root: string): Promise<void> {
    await this.terraform(root, "init", "-input=false", "-no-color");
  }

  /** Initialises and validates a root below the folder. @throws Error with what Terraform says. */
  async validate(root: string): Promise<void> {
    await this.init(root);
    await this.terraform(root, "validate", "-no-color");
  }

  /** Plans a root that was initialised, which validates it too. @throws Error with what Terraform says. */
  async plan(root: string): Promise<Plan> {
    await this.terraform(root, "plan", "-input=false", "-no-color", "-out=plan");
    const shown = JSON.parse(await this.terraform(root, "show", "-json", "plan")) as {
      resource_changes: readonly Planned[];
      planned_values: { outputs?: Record<string, { value?: unknown }> };
    };
    const created = shown.resource_changes.filter(
      ({ mode, change }) => mode === "managed" && change.actions[0] === "create",
    );
    const outputs = Object.entries(shown.planned_values.outputs ?? {});
    return {
      created: Object.fromEntries(created.map((planned) => [planned.address, planned])),
      outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, value])),
    };
  }

  /**
   * What a root that was initialised would change of what a state file in its folder (`terraform.tfstate`) says is there:
   * actions by address. AWS is not asked.
   */
  async changes(root: string): Promise<Readonly<Record<string, readonly string[]>>> {
    await this.terraform(root, "plan", "-input=false", "-no-color", "-refresh=false", "-out=plan");
    const shown = JSON.parse(await this.terraform(root, "show", "-json", "plan")) as {
      resource_changes: readonly Planned[];
    };
    const changed = shown.resource_changes.filter(
      ({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op",
    );
    return Object.fromEntries(changed.map(({ address, change }) => [address, change.actions]));
  }

  private async terraform(root: string, ...args: string[]): Promise<string> {
    try {
      const { stdout } = await run("terraform", args, { cwd: path.join(this.folder, root), maxBuffer: 1 << 28 });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`terraform ${args[0]} in ${root}:\n${stdout ?? ""}${stderr ?? String(error)}`);
    }
  }
}
