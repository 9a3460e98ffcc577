import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { TERRAFORM_ENV } from "../../sandbox/deployment";

/** One resource or data source of a plan. */
export interface Planned {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** `after_unknown` says which attributes only the apply will know. */
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Readonly<Record<string, unknown>>;
    readonly after_unknown: object;
  };
}

/** Every resource that Terraform and the AWS provider would make, by its address. */
export type Plan = Readonly<Record<string, Planned>>;

/** How a run of Terraform ended, and what it printed. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** Runs Terraform in a folder, without colours and questions. */
export function terraform(folder: string, ...args: readonly string[]): Promise<Finished> {
  return run(folder, {}, args);
}

function run(folder: string, more: Readonly<Record<string, string>>, args: readonly string[]): Promise<Finished> {
  const env = { ...process.env, ...more, ...TERRAFORM_ENV, TF_CLI_ARGS: "-no-color" };
  return new Promise((resolve) => {
    execFile("terraform", args, { cwd: folder, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

/** Runs Terraform and returns what it prints. @throws Error with that where it fails. */
export function succeed(folder: string, ...args: readonly string[]): Promise<string> {
  return succeedWith({}, folder, ...args);
}

/** The same with more in its environment: a sandbox's, for example. @throws Error with what it prints where it fails. */
export async function succeedWith(
  env: Readonly<Record<string, string>>,
  folder: string,
  ...args: readonly string[]
): Promise<string> {
  const { code, output } = await run(folder, env, args);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")}:\n${output}`);
  return output;
}

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111122223333:user/test</Arn><UserId>AIDATEST</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/**
 * A folder in which the real Terraform and AWS provider plan, without a network: the one API call of a first plan, who the caller
 * is, is answered on loopback by account 111122223333. Close it after use.
 */
export class OfflineTerraform {
  /** What else was asked of AWS. */
  readonly refused: string[] = [];
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "terraform-"));
  readonly #aws = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const isIdentity = body.includes("Action=GetCallerIdentity");
      if (!isIdentity) this.refused.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(isIdentity ? 200 : 501, { "content-type": "text/xml" }).end(IDENTITY);
    });
  });

  private constructor() {}

  static async open(): Promise<OfflineTerraform> {
    const terraform = new OfflineTerraform();
    await new Promise<void>((resolve) => terraform.#aws.listen(0, "127.0.0.1", resolve));
    return terraform;
  }

  close(): void {
    this.#aws.closeAllConnections();
    this.#aws.close();
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
    const endpoint = `http://127.0.0.1:${(this.#aws.address() as AddressInfo).port}`;
    const aws = {
      region: "eu-central-1",
      access_key: "offline",
      secret_key: "offline",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
      max_retries: 1,
      endpoints: [{ sts: endpoint, ec2: endpoint }],
    };
    const required_providers = { aws: { source: "hashicorp/aws", version: "5.100.0" } };
    return { terraform: { required_providers }, provider: { aws } };
  }

  /** Initialises a root below the folder and plans it, which validates it. @throws Error with what Terraform says. */
  async plan(root: string): Promise<Plan> {
    const folder = path.join(this.folder, root);
    await succeed(folder, "init");
    await succeed(folder, "plan", "-out=plan");
    const shown = await succeed(folder, "show", "-json", "plan");
    const planned = (JSON.parse(shown) as { resource_changes: readonly Planned[] }).resource_changes;
    const created = planned.filter(({ mode, change }) => mode === "managed" && change.actions[0] === "create");
    return Object.fromEntries(created.map((planned) => [planned.address, planned]));
  }
}
