import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

export const ROOT = path.resolve(__dirname, "../../..");

type Finished = { code: number; output: string };

/** Runs Terraform without colours and questions. @param settings further environment variables */
export function runTerraform(
  folder: string,
  settings: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Finished> {
  const quiet = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", TF_CLI_ARGS: "-no-color", CHECKPOINT_DISABLE: "1" };
  const options = { cwd: folder, env: { ...process.env, ...settings, ...quiet }, maxBuffer: 2 ** 28 };
  return new Promise((resolve) => {
    execFile("terraform", args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

export const terraform = (folder: string, ...args: readonly string[]): Promise<Finished> =>
  runTerraform(folder, {}, ...args);

/** Runs Terraform and returns what it prints. */
export async function succeed(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await terraform(folder, ...args);
  if (code !== 0) throw new Error(`terraform ${args.join(" ")}:\n${output}`);
  return output;
}

/** A temporary folder, and how to remove it. */
export const temporary = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "modules-"));

/** The examples: complete roots in HCL. */
export const examples = (): string[] =>
  fs
    .readdirSync(path.join(ROOT, "examples"))
    .filter((name) => /-(minimal|complete)$/.test(name))
    .sort();

/**
 * One root that calls every example as a module, so that the provider, which takes seconds to start, starts once. The
 * examples' own provider blocks are left out, and its region and credentials are the root's.
 */
export function aggregate(folder: string, roots: readonly string[], provider: string): void {
  // A copy, as an outsider has it: what is generated anew meanwhile changes nothing here.
  fs.cpSync(path.join(ROOT, "modules"), path.join(folder, "modules"), { recursive: true });
  for (const name of roots) {
    const target = path.join(folder, "examples", name);
    fs.cpSync(path.join(ROOT, "examples", name), target, { recursive: true });
    const file = path.join(target, "main.tf");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^provider "aws" \{[^]*?^\}\n/m, ""));
  }
  const calls = roots.map((name) => `module "${name}" {\n  source = "./examples/${name}"\n}\n`);
  fs.writeFileSync(path.join(folder, "main.tf"), [provider, ...calls].join("\n"));
}

/** Answers the one question that a plan asks AWS: whose credentials these are. Everything else is refused. */
export class CallerIdentity {
  private readonly server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const asked = body.includes("Action=GetCallerIdentity");
      if (!asked) this.refused.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(asked ? 200 : 501, { "content-type": "text/xml" }).end(IDENTITY);
    });
  });
  /** What else was asked for. */
  readonly refused: string[] = [];

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  "<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDATEST</UserId><Account>123456789012</Account>" +
  "</GetCallerIdentityResult></GetCallerIdentityResponse>";

/** A provider that never leaves the machine. */
export const offline = (endpoint: string, region = "us-east-1"): string => `
provider "aws" {
  region                      = "${region}"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  max_retries                 = 1

  endpoints {
    ec2 = "${endpoint}"
    sts = "${endpoint}"
  }
}
`;
