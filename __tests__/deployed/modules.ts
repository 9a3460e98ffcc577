import * as fs from "node:fs";
import * as path from "node:path";
import type { Sandbox } from "../../sandbox";
import { until } from "../../sandbox/walkthrough/clients";
import type { World } from "../../sandbox/walkthrough/world";
import { aggregate, runTerraform, temporary } from "../modules/support/terraform";

const APPROVAL = "subscription-approval-complete";
const STUDIO = "studio-access-complete";

const PROVIDER = `
provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true
  max_retries             = 3
}
`;

/** What an account has before it calls the modules. */
const BOUNDARY = `
resource "aws_iam_policy" "boundary" {
  name_prefix = "boundary-"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
`;
const NETWORK = `
data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_security_group" "default" {
  name   = "default"
  vpc_id = data.aws_vpc.default.id
}
`;

/** What another apply would have done, and the addresses that were left after the destroy; "" is nothing. */
interface Outcome {
  readonly pendingChanges: string;
  readonly remaining: string;
}

/**
 * The complete examples of both compositions, as roots of someone who has never heard of CDKTF: with the sandbox's ids in
 * place of the examples' and names beside those of the environment, which is deployed at the same time.
 */
export class ModulesDeployment {
  readonly #folder = temporary();
  readonly #env: Readonly<Record<string, string>>;
  #finished?: Promise<Outcome>;

  constructor(
    private readonly sandbox: Sandbox,
    { catalog, settings }: World,
  ) {
    this.#env = sandbox.env;
    aggregate(this.#folder, [APPROVAL, STUDIO], PROVIDER);
    this.#example(APPROVAL, BOUNDARY, {
      '"dzd_4rgxv6ns8t3knp"': JSON.stringify(catalog.domain),
      '"5yw1mwl0k9d3sh"': JSON.stringify(catalog.projects.marketing),
      '"8qv2nxk4c7j1mz"': JSON.stringify(catalog.projects["dev-forecasting"]),
      '{ role = { arn = "arn:aws:iam::123456789012:role/datazone-deployment" } }': "{}",
      '"arn:aws:iam::123456789012:policy/boundary"': "aws_iam_policy.boundary.arn",
    });
    this.#example(STUDIO, BOUNDARY + NETWORK, {
      '"product"': '"outside"',
      '"sagemaker"': '"outside"\n  domain_name = "Outside"\n  delete_objects_with_bucket = true',
      '"vpc-0123456789abcdef0"': "data.aws_vpc.default.id",
      '["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]': "slice(sort(data.aws_subnets.default.ids), 0, 2)",
      '"sg-0123456789abcdef0"': "data.aws_security_group.default.id",
      "dataset = {": `dataset = {
        source = { s3 = { bucket = "${settings["SANDBOX_DATASET_BUCKET"]}", key = "abalone.csv" }, file = "abalone.csv" }`,
      '"arn:aws:iam::123456789012:policy/boundary"': "aws_iam_policy.boundary.arn",
    });
  }

  /** Begins, side by side with the environment's own deployment: applies, plans again, destroys. */
  start(): void {
    this.#finished = this.#live();
    this.#finished.catch(() => undefined);
  }

  /** What came of it. @throws Error with what was printed where an apply or a destroy failed. */
  async finished(): Promise<Outcome | undefined> {
    return await this.#finished;
  }

  /** Waits for what runs still, and removes the working directory. */
  async cleanUp(): Promise<void> {
    await Promise.allSettled([this.#finished]);
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  async #live(): Promise<Outcome> {
    await this.#succeed("init");
    // An account and Region have one S3 Access Grants instance: the environment's, which is the first thing it makes.
    await until("the environment's S3 Access Grants instance", 180, () => {
      const made = this.sandbox.calls({ operation: "CreateAccessGrantsInstance" });
      return Promise.resolve(made.some(({ status }) => status === 200) ? true : undefined);
    });
    const applied = await this.#terraform("apply", "-auto-approve");
    const planned = await this.#terraform("plan", "-detailed-exitcode");
    await this.#succeed("destroy", "-auto-approve");
    if (applied.code !== 0) throw new Error(`terraform apply:\n${applied.output}`);
    return {
      pendingChanges: planned.code === 0 ? "" : planned.output,
      remaining: await this.#succeed("state", "list"),
    };
  }

  async #succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.#terraform(...args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}:\n${output}`);
    return output;
  }

  #terraform(...args: string[]): ReturnType<typeof runTerraform> {
    return runTerraform(this.#folder, this.#env, ...args);
  }

  /** Puts an account's own values in an example, and what else the account has beside it. */
  #example(name: string, account: string, values: Readonly<Record<string, string>>): void {
    const folder = path.join(this.#folder, "examples", name);
    const file = path.join(folder, "main.tf");
    let text = fs.readFileSync(file, "utf8");
    for (const [example, value] of Object.entries(values)) {
      if (!text.includes(example)) throw new Error(`${name} no longer has ${example}`);
      text = text.replaceAll(example, value);
    }
    fs.writeFileSync(file, text);
    fs.writeFileSync(path.join(folder, "account.tf"), account);
  }
}
