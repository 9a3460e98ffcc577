import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack } from "../constructs/hosting";
import { StudioAccess } from "../constructs/studio-access/studio-access";

const USAGE = `Plan time by the number of publishing projects (module subscription-approval, with their memberships), of personas (module
studio-access, two grants each) and of the same personas as separate blocks (what the construct makes in an environment).

  npx tsx benchmarks/growth.ts                          10, 100 and 1,000 of each
  npx tsx benchmarks/growth.ts personas=10 blocks=10    of some of them, of these sizes

Plans are the real Terraform's and AWS provider's, offline. What one entry takes is what the size takes beyond the smallest one, which
has in it what starting takes.`;

const MODULES = path.resolve(__dirname, "../modules");
const SIZES = [10, 100, 1_000];

const many = <T>(count: number, entry: (i: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, entry(i)]));

const call = (source: string, inputs: object): object => ({
  module: { growth: { source: `./modules/${source}`, name: "growth", ...inputs } },
});

class Stack extends AddressedStack {}

/** Configurations with so many entries. Files that they need are written into the folder. */
const SHAPES: Readonly<Record<string, (count: number, folder: string) => object>> = {
  projects: (count) =>
    call("subscription-approval", {
      environment: "prod",
      domain: { id: "dzd_4rgxv6ns8t3knp" },
      publishing_projects: many(count, (i) => ({ id: `${i}`.padStart(14, "p") })),
      policies: { all: '@id("all") permit (principal, action, resource);' },
      operators: {},
      membership: {},
    }),
  personas: (count) =>
    call("studio-access", {
      domain_name: "Growth",
      network: { create: { vpc_cidr: "10.0.0.0/16", private_subnets: { "us-east-1a": "10.0.0.0/20" } } },
      personas: many(count, (i) => ({
        grants: {
          own: { sub_prefix: `User${i}/*`, permission: "READWRITE" },
          product: { sub_prefix: "Product/*", permission: "READ" },
        },
      })),
    }),
  blocks: (count, folder) => {
    const app = new App({ outdir: folder, context: { bundles: path.resolve(__dirname, "../dist/functions") } });
    const stack = new Stack(app, "blocks");
    new AwsProvider(stack, "aws", {});
    new StudioAccess(stack, "growth", {
      name: "growth",
      domainName: "Growth",
      network: { create: { vpcCidr: "10.0.0.0/16", privateSubnets: { "us-east-1a": "10.0.0.0/20" } } },
      personas: many(count, (i) => ({
        grants: {
          own: { subPrefix: `User${i}/*`, permission: "READWRITE" as const },
          product: { subPrefix: "Product/*", permission: "READ" as const },
        },
      })),
    });
    app.synth();
    const synthesized = fs.readFileSync(path.join(folder, "stacks/blocks/cdk.tf.json"), "utf8");
    const { data, locals, resource, moved } = JSON.parse(
      synthesized.replaceAll("${path.module}/", "stacks/blocks/"),
    ) as Record<string, object>;
    return { data, locals, resource, moved };
  },
};

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111122223333:user/benchmark</Arn><UserId>AIDABENCHMARK</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Runs Terraform; the shell's own timer takes its processor time, which other work on the machine does not lengthen. */
async function terraform(folder: string, command: string): Promise<number> {
  const timed = `TIMEFORMAT='%U %S'; time terraform ${command} >/dev/null`;
  const child = spawn("bash", ["-c", timed], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`terraform ${command}:\n${output}`);
  const [user, system] = output.trim().split("\n").at(-1)!.split(" ").map(Number) as [number, number];
  return user + system;
}

/** Seconds of the processor that a plan takes which makes all of it. */
async function plan(sts: string, shape: (folder: string) => object): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "growth-"));
  try {
    fs.symlinkSync(MODULES, path.join(folder, "modules"));
    const aws = {
      region: "us-east-1",
      access_key: "offline",
      secret_key: "offline",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
      endpoints: [{ sts }],
    };
    const required_providers = { aws: { source: "hashicorp/aws", version: "5.100.0" } };
    const root = { terraform: { required_providers }, provider: { aws }, ...shape(folder) };
    fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(root));
    await terraform(folder, "init -input=false");
    return await terraform(folder, "plan -input=false -refresh=false -out=plan");
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const server = http.createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/xml" }).end(IDENTITY),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sts = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = process.argv.slice(2).map((argument) => argument.split("=") as [string, string]);
  const all = Object.keys(SHAPES).map((what) => [what, SIZES.join(",")] as [string, string]);
  for (const [what, sizes] of asked.length > 0 ? asked : all) {
    let least: { readonly count: number; readonly cpu: number } | undefined;
    for (const count of sizes.split(",").map(Number)) {
      const cpu = await plan(sts, (folder) => SHAPES[what]!(count, folder));
      const each = least && ((cpu - least.cpu) / (count - least.count)) * 1_000;
      least ??= { count, cpu };
      console.log(
        `${count} ${what}: CPU ${cpu.toFixed(1)} s${each === undefined ? "" : `, ${each.toFixed(0)} ms an entry`}`,
      );
    }
  }
  server.close();
}

if (process.argv.includes("--help")) console.log(USAGE);
else void main();
