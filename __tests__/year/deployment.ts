import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { TERRAFORM_ENV } from "../../sandbox/deployment";
import { aws } from "../../sandbox/walkthrough/clients";
import { makeWorld, type World } from "../../sandbox/walkthrough/world";
import { ROOT, temporary } from "../modules/support/examples";
import type { Planned } from "../support/terraform";

/** What the root's variables are. */
export type Settings = Readonly<Record<string, unknown>>;

/** Actions by address: `create`, `update`, `delete`, or `replace`. */
export type Changes = Readonly<Record<string, string>>;

/** What must be the same after every change, because it is somebody's. */
export interface Belongings {
  /** Version of the canary object, by bucket. */
  readonly canaries: Readonly<Record<string, string>>;
  readonly homeFileSystem: string;
  /** Id of a message that waits in the dead-letter queue. */
  readonly message: string;
  /** Endpoints of confirmed subscriptions of the people's topic. */
  readonly subscribers: readonly string[];
}

interface Outputs {
  readonly buckets: readonly string[];
  readonly home_file_system_id: string;
  readonly dead_letter_queue_url: string;
  readonly topic_arn: string;
  readonly update_subnets_command: string;
}

/** A deployment of the modules in a sandbox of its own, that changes are planned and applied to. */
export class YearlyDeployment {
  private constructor(
    readonly sandbox: Sandbox,
    readonly world: World,
    private readonly folder: string,
  ) {}

  static async open(): Promise<YearlyDeployment> {
    const sandbox = await startSandbox({ timeScale: 120 });
    const folder = temporary();
    fs.cpSync(path.join(ROOT, "modules"), path.join(folder, "modules"), { recursive: true });
    fs.copyFileSync(path.join(__dirname, "root.tf"), path.join(folder, "main.tf"));
    const deployment = new YearlyDeployment(sandbox, await makeWorld(sandbox), folder);
    await deployment.terraform("init");
    return deployment;
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** What Terraform would change, and nothing is applied yet. */
  async plan(settings: Settings): Promise<Changes> {
    fs.writeFileSync(path.join(this.folder, "year.auto.tfvars.json"), JSON.stringify(settings));
    await this.terraform("plan", "-out=year.tfplan");
    const shown = await this.terraform("show", "-json", "year.tfplan");
    const { resource_changes } = JSON.parse(shown) as { resource_changes: readonly Planned[] };
    const changed = resource_changes.filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op");
    return Object.fromEntries(
      changed.map(({ address, change }) => [address, change.actions.length > 1 ? "replace" : change.actions[0]!]),
    );
  }

  /** Applies what was planned last. @throws Error with what was printed where it fails */
  async apply(): Promise<void> {
    await this.terraform("apply", "year.tfplan");
  }

  async destroy(): Promise<void> {
    await this.terraform("destroy", "-auto-approve");
  }

  async outputs(): Promise<Outputs> {
    const shown = JSON.parse(await this.terraform("output", "-json")) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(shown).map(([name, { value }]) => [name, value])) as unknown as Outputs;
  }

  /** Puts something of somebody's into everything that holds state. */
  async moveIn(): Promise<void> {
    const { buckets, dead_letter_queue_url: queue } = await this.outputs();
    const canary = path.join(this.folder, "canary");
    fs.writeFileSync(canary, "still here");
    for (const bucket of buckets)
      await this.aws("s3api", "put-object", "--bucket", bucket, "--key", "canary", "--body", canary);
    await this.aws("sqs", "send-message", "--queue-url", queue, "--message-body", "still here", ...this.endpoint);
  }

  async belongings(): Promise<Belongings> {
    const { buckets, home_file_system_id, dead_letter_queue_url: queue, topic_arn } = await this.outputs();
    const canaries: Record<string, string> = {};
    for (const bucket of buckets) {
      const { VersionId } = await this.aws<{ VersionId: string }>(
        "s3api",
        "head-object",
        "--bucket",
        bucket,
        "--key",
        "canary",
      );
      canaries[bucket] = VersionId;
    }
    const received = await this.aws<{ Messages?: { MessageId: string }[] }>(
      ...["sqs", "receive-message", "--queue-url", queue, "--visibility-timeout", "0", ...this.endpoint],
    );
    const { Subscriptions } = await this.aws<{ Subscriptions: { Endpoint: string; SubscriptionArn: string }[] }>(
      ...["sns", "list-subscriptions-by-topic", "--topic-arn", topic_arn],
    );
    return {
      canaries,
      homeFileSystem: home_file_system_id,
      message: received.Messages?.[0]?.MessageId ?? "gone",
      subscribers: Subscriptions.map(({ SubscriptionArn }) => SubscriptionArn).sort(),
    };
  }

  aws<T>(...args: string[]): Promise<T> {
    return aws<T>(this.sandbox.env, ...args);
  }

  /** The AWS CLI takes its queue commands to a built-in address. */
  private get endpoint(): string[] {
    return ["--endpoint-url", this.sandbox.endpoint];
  }

  private terraform(...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.sandbox.env, ...TERRAFORM_ENV, TF_CLI_ARGS: "-no-color" };
    return new Promise((resolve, reject) => {
      execFile("terraform", args, { cwd: this.folder, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`terraform ${args.join(" ")}:\n${stdout}${stderr}`));
        else resolve(stdout);
      });
    });
  }
}
