import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Sandbox } from "./index";

const PROJECT = path.resolve(__dirname, "..");
const CDKTF = path.join(PROJECT, "node_modules", ".bin", "cdktf");

/**
 * How Terraform is run without a person: no questions. Less frequent garbage collection, in it and in the provider, takes a quarter
 * less of the processor for a plan.
 */
export const TERRAFORM_ENV = {
  CHECKPOINT_DISABLE: "1",
  GOGC: "400",
  TF_IN_AUTOMATION: "1",
  TF_INPUT: "0",
} as const;

/** What a command printed, and how it ended. */
export interface Finished {
  readonly code: number;
  readonly output: string;
}

export interface DeploymentOptions {
  /** Settings of environments/sandbox.ts, as environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** Gets each line that a command prints, as it prints it. */
  readonly onLine?: (line: string) => void;
  /** Another CLI than the stock cdktf's, and the project that it deploys. */
  readonly tool?: {
    readonly command: string;
    readonly project: string;
    readonly env: Readonly<Record<string, string>>;
  };
}

/**
 * The environment `sandbox`, deployed with the stock cdktf CLI, Terraform and AWS provider, in a working directory of its
 * own: state and synthesized configuration of one run never meet another's.
 */
export class Deployment {
  readonly #env: Readonly<Record<string, string>>;
  readonly #directory: string;
  /** What cdktf and Terraform need in their environment to deploy it, beside what any client of the sandbox does. */
  readonly settings: Readonly<Record<string, string>>;

  constructor(
    sandbox: Sandbox,
    private readonly options: DeploymentOptions,
  ) {
    this.settings = { ...options.settings, ENVIRONMENT: "sandbox", CDKTF_LOG_LEVEL: "error", ...TERRAFORM_ENV };
    fs.mkdirSync(path.join(PROJECT, ".sandbox"), { recursive: true });
    this.#directory = fs.mkdtempSync(path.join(PROJECT, ".sandbox", "deployment-"));
    this.#env = {
      ...(process.env as Record<string, string>),
      ...sandbox.env,
      ...this.settings,
      ...options.tool?.env,
      CI: "1",
      NODE_NO_WARNINGS: "1",
      FORCE_COLOR: "0",
      NO_COLOR: "1",
    };
  }

  /** Where cdktf synthesizes to, its option `--output`. */
  get output(): string {
    return path.join(this.#directory, "cdktf.out");
  }

  /** Where the synthesized configuration of the stack is. */
  get stackDirectory(): string {
    return path.join(this.output, "stacks", "sandbox");
  }

  /** `cdktf deploy sandbox`. @throws Error with what was printed where it fails. */
  async deploy(): Promise<Readonly<Record<string, unknown>>> {
    const outputs = path.join(this.#directory, "outputs.json");
    await this.#cdktf(
      "deploy",
      "sandbox",
      "--auto-approve",
      "--outputs-file",
      outputs,
      "--outputs-file-include-sensitive-outputs",
    );
    const written = JSON.parse(fs.readFileSync(outputs, "utf8")) as { sandbox: Record<string, unknown> };
    return written.sandbox;
  }

  /** `cdktf synth sandbox`: what the synthesis says now, over what is deployed. @throws Error with what was printed where it fails. */
  async synthesize(): Promise<void> {
    await this.#cdktf("synth", "sandbox");
  }

  /** Terraform itself, on the synthesized configuration of the stack. */
  async terraform(...args: string[]): Promise<Finished> {
    return await this.#run("terraform", args, this.stackDirectory);
  }

  /** What another apply would do: actions by address. @throws Error with what was printed where planning fails. */
  async pendingChanges(): Promise<Readonly<Record<string, string>>> {
    const { code, output } = await this.terraform("plan", "-detailed-exitcode", "-input=false", "-no-color");
    if (code !== 0 && code !== 2) throw new Error(`terraform plan failed:\n${output}`);
    const changes = [...output.matchAll(/^ {2}# (\S+) .*?(will be|must be) (\w+)/gm)];
    if (code === 2 && changes.length === 0)
      throw new Error(`terraform plan has changes, but its output does not list them:\n${output}`);
    return code === 0 ? {} : Object.fromEntries(changes.map(([, address, , action]) => [address!, action!]));
  }

  /** `cdktf destroy sandbox`. @throws Error with what was printed where it fails. */
  async destroy(): Promise<void> {
    await this.#cdktf("destroy", "sandbox", "--auto-approve");
  }

  /** The addresses in Terraform's state. */
  async state(): Promise<string[]> {
    const { code, output } = await this.terraform("state", "list");
    if (code !== 0 && !/No state file was found/.test(output))
      throw new Error(`terraform state list failed:\n${output}`);
    return code === 0 ? output.split("\n").filter(Boolean) : [];
  }

  /** The names of the roles that the stack itself made, without those of modules that are called beside it. */
  async roles(): Promise<string[]> {
    interface State {
      readonly values?: {
        readonly root_module: {
          readonly resources: readonly { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[];
        };
      };
    }
    const { code, output } = await this.terraform("show", "-json");
    if (code !== 0) throw new Error(`terraform show failed:\n${output}`);
    const { values } = JSON.parse(output) as State;
    const roles = values?.root_module.resources.filter(({ type }) => type === "aws_iam_role") ?? [];
    return roles.map((role) => String(role.values["name"]));
  }

  /** Removes the working directory. */
  cleanUp(): void {
    fs.rmSync(this.#directory, { recursive: true, force: true });
  }

  #withOutput(...args: string[]): string[] {
    return [...args, "--output", this.output];
  }

  async #cdktf(...args: string[]): Promise<void> {
    const { command, project } = this.options.tool ?? { command: CDKTF, project: PROJECT };
    const { code, output } = await this.#run(command, this.#withOutput(...args), project);
    if (code !== 0) throw new Error(`cdktf ${args[0]} failed:\n${output.slice(-8000)}`);
  }

  async #run(command: string, args: string[], cwd: string): Promise<Finished> {
    const child = spawn(command, args, { cwd, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let line = "";
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      const lines = (line + chunk.toString()).split("\n");
      line = lines.pop()!;
      lines.forEach((text) => this.options.onLine?.(text));
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (status) => resolve(status ?? 1));
    });
    return { code, output };
  }
}
