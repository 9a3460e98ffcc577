import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { encodeCursor } from "../../functions/approver/cursor";
import { until } from "../../sandbox/walkthrough/clients";
import { type Deployed, People } from "./context";

const ROOT = path.resolve(__dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");

/** What is not run here, by how it begins, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "npm ci": "installs this project",
  "terraform output": "a plain read of the state, beside the outputs that all of this is filled with",
  "terraform import": "__tests__/daytwo imports everything",
  "terraform state": "goes with the import",
  "terraform apply": "__tests__/daytwo",
  "settings=": "__tests__/daytwo changes a domain by it",
  "<update_subnets_command>": "goes with the settings",
  "terraform plan": "the deployment's second plan is a test of its own",
  "aws logs start-query": "takes the file that the command before it writes; moto answers no queries",
  "aws logs get-query-results": "takes the id that start-query answers",
  "npm run studio": "the walkthrough's clean-up runs it",
  "npx cdktf destroy": "the walkthrough's clean-up runs it",
};

/** Commands of a shell block: one a line, but for what goes on in the next; functions come before all that use them. */
function commandsOf(block: string): { functions: string; commands: string[] } {
  const lines = block
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/\s{2,}# .*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const isFunction = (line: string): boolean => /^\w+\(\)/.test(line);
  return { functions: lines.filter(isFunction).join("\n"), commands: lines.filter((line) => !isFunction(line)) };
}

/** The shell blocks of a document, and the commands of AWS and Terraform within its lines. */
function documented(file: string): { functions: string; commands: string[] }[] {
  const text = read(file);
  const blocks = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block]) => commandsOf(block!));
  const inline = [...text.matchAll(/`((?:aws|terraform|npx cdktf) [^`]+)`/g)].map(([, command]) => command!);
  return [...blocks, { functions: "", commands: inline }];
}

/** The commands of a runbook's page. */
const onPage = (page: string): string[] => [...page.matchAll(/^ {7}(.*)$/gm)].map(([, command]) => command!);

interface RunbookOutputs {
  readonly approver_runbook: Readonly<Record<string, string>>;
  readonly event_rule_runbook: Readonly<Record<string, string>>;
  readonly approver_pause_command: string;
}

/**
 * Every command that the documentation has operators run, in a shell, as it is: with the deployment's names in place of `<name>`, and with
 * the AWS CLI that the sandbox installs.
 */
export function commands(deployed: () => Deployed): void {
  /** What runs, in a folder of its own. @returns what failed */
  async function run(functions: string, command: string, names: Readonly<Record<string, string>>): Promise<string[]> {
    const filled = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), command);
    const open = /<[a-z][^>]*>|…/.exec(filled);
    if (open) return [`${command}: nothing fills ${open[0]}`];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "command-"));
    try {
      const before = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), functions);
      // Redirected, as scripts do: an answer that is written past the standard output would be lost, or destroy what is there.
      const script = `set -e\n${before}\n{ ${filled}\n} > printed`;
      await promisify(execFile)("sh", ["-c", script], {
        cwd: folder,
        env: { ...process.env, ...deployed().sandbox.env },
      });
      const printed = fs.readFileSync(path.join(folder, "printed"), "utf8");
      if (/invoke/.test(filled)) expect(JSON.parse(printed)).not.toHaveProperty("errorMessage");
      return [];
    } catch (error) {
      return [`${filled}: ${(error as Error).message}`];
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }

  /** Runs those that can be; whatever is not run has a reason. */
  async function runAll(
    found: ReturnType<typeof documented>,
    names: Readonly<Record<string, string>>,
  ): Promise<number> {
    const failed: string[] = [];
    // Pages have steps in common: once each, in their order.
    const each = new Map(found.flatMap(({ functions, commands }) => commands.map((command) => [command, functions])));
    const here = [...each].filter(([command]) => !Object.keys(NOT_HERE).some((start) => command.startsWith(start)));
    for (const [command, functions] of here) failed.push(...(await run(functions, command, names)));
    expect(failed).toEqual([]);
    return here.length;
  }

  test("every command of the README and of the operations' handbook runs as it stands", async () => {
    const { outputs, catalog, sandbox } = deployed();
    const [, source, destination] = /--source-arn (\S+) --destination-arn (\S+)/.exec(
      outputs.approver_redrive_command,
    )!;
    const [, uuid] = /--uuid (\S+)/.exec((outputs as unknown as RunbookOutputs).approver_pause_command)!;
    const people = await People.of(deployed());
    const names = {
      "approvals-dev": outputs.approver_function_name,
      "<name>": outputs.approver_function_name,
      "<dead-letter queue's ARN>": source!,
      "<queue's ARN>": destination!,
      "<event source mapping>": uuid!,
      "<account>": sandbox.account,
      "<project>": catalog.projects.sales,
      "<request>": await people.request("customers"),
      "<cursor>": encodeCursor([{ projectId: catalog.projects.sales }]),
    };
    expect(await runAll(documented("docs/operations.md"), names)).toBeGreaterThanOrEqual(9);
    expect(await runAll(documented("README.md"), names)).toBe(2);
  });

  test("so does every step of every page of the runbook, and in its order leaves the queue being read", async () => {
    const { approver_runbook, event_rule_runbook } = deployed().outputs as unknown as RunbookOutputs;
    const pages = [...Object.values(approver_runbook), ...Object.values(event_rule_runbook)];
    const found = pages.map((page) => ({ functions: "", commands: onPage(page) }));
    expect(found.map((page) => page.commands.length).filter((count) => count < 2)).toEqual([]);
    expect(await runAll(found, {})).toBeGreaterThanOrEqual(10);
    const people = await People.of(deployed());
    expect((await people.decided(await people.request("store_locations"))).status).toBe("ACCEPTED");
  });

  test("paused, a request waits on the queue; resumed, it is decided", async () => {
    const outputs = deployed().outputs as unknown as RunbookOutputs & { readonly approver_resume_command: string };
    const people = await People.of(deployed());
    expect(await run("", outputs.approver_pause_command, {})).toEqual([]);
    const id = await people.request("store_locations");
    const { approver_queue_url } = deployed().outputs;
    const waiting = await until("the message", 30, async () =>
      (await people.messagesIn(approver_queue_url)) > 0 ? true : undefined,
    );
    expect([waiting, (await people.details(id)).status]).toEqual([true, "PENDING"]);
    expect(await run("", outputs.approver_resume_command, {})).toEqual([]);
    expect((await people.decided(id)).status).toBe("ACCEPTED");
  });

  test("what is said not to be run here is in the documents", () => {
    const all = ["docs/operations.md", "README.md"].flatMap(documented).flatMap(({ commands }) => commands);
    const pages = Object.values((deployed().outputs as unknown as RunbookOutputs).event_rule_runbook).flatMap(onPage);
    const unused = Object.keys(NOT_HERE).filter((start) => ![...all, ...pages].some((one) => one.startsWith(start)));
    expect(unused).toEqual([]);
  });
}
