import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AccessGrants, type Persona } from "../constructs/access-grants/access-grants";
import { PersonaGrants, personaGrantsInputs } from "../constructs/persona-grants/persona-grants";
import { AddressedStack, ModuleStack } from "../constructs/hosting";

const USAGE = `Synth and plan time of S3 Access Grants by the number of grants, 20 a persona.

  npx tsx benchmarks/access-grants.ts                         synth of 10, 1,000, 5,000 and 10,000 grants
  npx tsx benchmarks/access-grants.ts --plan                  also plans: 10 and 1,000 grants, in three shapes
  npx tsx benchmarks/access-grants.ts --plan=1000,5000        the same, of other sizes (5,000: about five minutes)
  … --fast                                                    leaves out the slow shape, one for_each

The three shapes of a plan: separate resource blocks (what an environment gets), the persona-grants module with for_each
(what the access-grants module does), and one for_each over all grants (what neither does). Plans are the real Terraform's
and AWS provider's, offline; ratios are of one run on one machine.`;

const EACH = 20;
const LOCATION = "11111111-1111-1111-1111-111111111111";
const AWS = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } },
  provider: {
    aws: {
      region: "us-east-1",
      access_key: "offline",
      secret_key: "offline",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
    },
  },
};

class Stack extends AddressedStack {}

function personas(grants: number): Record<string, Persona> {
  const persona = (i: number): Persona => ({
    grantee: { type: "IAM", id: `arn:aws:iam::111122223333:role/persona-${i}` },
    grants: Object.fromEntries(
      Array.from({ length: Math.min(EACH, grants - i * EACH) }, (_, n) => [
        `g${n}`,
        { location: "data", subPrefix: `Persona${i}/part${n}/*`, permission: "READ" as const },
      ]),
    ),
  });
  return Object.fromEntries(Array.from({ length: Math.ceil(grants / EACH) }, (_, i) => [`p${i}`, persona(i)]));
}

const timed = (work: () => void): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

function synth(grants: number): number {
  const people = personas(grants);
  return timed(() => {
    const stack = new Stack(new App({ outdir: os.tmpdir() }), "benchmark");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    new AccessGrants(stack, "access", {
      name: "benchmark",
      locations: { data: { scope: "s3://benchmark-data" } },
      personas: people,
    });
    stack.prepareStack();
    JSON.stringify(stack.toTerraform());
  });
}

const block = (role: string, subPrefix: string): object => ({
  account_id: "111122223333",
  access_grants_location_id: LOCATION,
  access_grants_location_configuration: [{ s3_sub_prefix: subPrefix }],
  grantee: [{ grantee_type: "IAM", grantee_identifier: role }],
  permission: "READ",
});

/** All grants as [address, role, sub-prefix]. */
const flat = (people: Record<string, Persona>): Array<[string, string, string]> =>
  Object.entries(people).flatMap(([p, { grantee, grants }]) =>
    Object.entries(grants).map(([g, { subPrefix }]): [string, string, string] => [`${p}_${g}`, grantee.id!, subPrefix]),
  );

const SHAPES: Readonly<Record<string, (people: Record<string, Persona>) => object>> = {
  "separate blocks": (people) => ({
    resource: {
      aws_s3control_access_grant: Object.fromEntries(flat(people).map(([name, role, sub]) => [name, block(role, sub)])),
    },
  }),
  "module a persona": (people) => ({
    locals: {
      personas: Object.fromEntries(
        Object.entries(people).map(([p, { grantee, grants }]) => [
          p,
          {
            grantee,
            grants: Object.fromEntries(
              Object.entries(grants).map(([g, { location, subPrefix, permission }]) => [
                g,
                { location, sub_prefix: subPrefix, permission },
              ]),
            ),
          },
        ]),
      ),
    },
    module: {
      persona: {
        source: "./persona-grants",
        for_each: "${local.personas}",
        account_id: "111122223333",
        grantee: "${each.value.grantee}",
        location_ids: { data: LOCATION },
        grants: "${each.value.grants}",
      },
    },
  }),
  "one for_each": (people) => ({
    locals: { grants: Object.fromEntries(flat(people).map(([name, role, sub]) => [name, { role, sub }])) },
    resource: {
      aws_s3control_access_grant: {
        all: { ...block("${each.value.role}", "${each.value.sub}"), for_each: "${local.grants}" },
      },
    },
  }),
};

/** Seconds of a plan without a state. */
function plan(configuration: object): { readonly wall: number; readonly cpu: number } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "access-grants-"));
  try {
    const write = (file: string, content: object): void => {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), JSON.stringify(content));
    };
    write("main.tf.json", { ...AWS, ...configuration });
    write("persona-grants/main.tf.json", personaGrants());
    execFileSync("terraform", ["init", "-input=false"], { cwd: folder, stdio: "pipe" });
    // The shell's own timer: CPU time of Terraform and its provider, which other work on the machine does not lengthen.
    const command = "TIMEFORMAT='%R %U %S'; time terraform plan -input=false -refresh=false -out=plan >/dev/null";
    const timed = spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8" });
    if (timed.status !== 0) throw new Error(timed.stderr);
    const [wall, user, system] = timed.stderr.trim().split("\n").at(-1)!.split(" ").map(Number) as [
      number,
      number,
      number,
    ];
    return { wall, cpu: user + system };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function personaGrants(): object {
  const stack = new ModuleStack(new App({ outdir: os.tmpdir() }), "persona-grants");
  new PersonaGrants(stack, "Default", stack.variables(personaGrantsInputs));
  stack.prepareStack();
  return stack.toTerraform();
}

function main(): void {
  synth(EACH); // The first one also loads code.
  for (const grants of [10, 1_000, 5_000, 10_000]) {
    console.log(`synth of ${grants} grants: ${synth(grants).toFixed(2)} s`);
  }
  const flag = process.argv.find((argument) => argument.startsWith("--plan"));
  if (flag === undefined) return;
  for (const grants of (flag.split("=")[1] ?? "10,1000").split(",").map(Number)) {
    const people = personas(grants);
    let separate: number | undefined;
    for (const [shape, configuration] of Object.entries(SHAPES)) {
      if (shape === "one for_each" && process.argv.includes("--fast")) continue;
      const { wall, cpu } = plan(configuration(people));
      separate ??= cpu;
      const ratio = (cpu / separate).toFixed(2);
      console.log(`plan of ${grants} grants, ${shape}: ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s (${ratio} x)`);
    }
  }
}

if (process.argv.includes("--help")) console.log(USAGE);
else main();
