import { InvalidArgumentError } from "commander";
import { didYouMean } from "../constructs/inputs/nearest";
import { type MakeCommand, command } from "./program/command";
import { AnswerIsNo, NotUnderstood } from "./program/exit";
import { writable, write } from "./program/files";
import { type Terminal, paint, table } from "./program/terminal";
import type { World } from "./program/world";
import { COST, act } from "./verify/act";
import { type Check, type Finding, runChecks } from "./verify/check";
import { CHECKS } from "./verify/checks";
import { type Clients, connect } from "./verify/clients";
import { Ledger } from "./verify/ledger";
import { removeAll } from "./verify/remove";
import { type Targets, readTargets } from "./verify/targets";

interface Options {
  readonly approver?: string;
  readonly act?: boolean;
  readonly clean?: boolean;
  readonly yes?: boolean;
  readonly only?: readonly Check[];
  readonly ledger: string;
  readonly write?: string;
  readonly json?: boolean;
}

/** `verify`: what only a real account can prove. */
export const verify: MakeCommand = (world) =>
  command({
    usage: "verify <deployment>",
    summary: "try on an account what only a real one can prove, and say what is as expected",
    details: `<deployment> is the folder where Terraform runs (of an environment cdktf.out/stacks/<environment>), or a file with its state: terraform show -json > state.json. AWS is asked with the credentials of the shell; docs/verify.md says which permissions that takes.

By itself it reads, and changes nothing. --act also makes a few things of its own to look at, and removes them whatever happens; it says what, and asks first. What it makes is in a ledger, a file, before it is there: --clean removes what a crash has left.

${CHECKS.map(({ id, asks }) => `  ${id.padEnd(20)}  ${asks}`).join("\n")}`,
    examples: [
      "verify cdktf.out/stacks/prod",
      "verify state.json --act --write verified.json",
      "verify state.json --clean",
    ],
  })
    .option("--approver <name>", "which approver, where the state has several")
    .option("--only <checks>", "these checks alone: ids, with commas", checksOf)
    .option("--act", "make a few things of its own too")
    .option("--yes", "do not ask")
    .option("--clean", "remove what an earlier run has left, and do nothing else")
    .option("--ledger <file>", "what was made", writable, "verify-ledger.ndjson")
    .option("--write <file>", "the findings, without names and ids: to be shown to others", writable)
    .action((deployment: string, options: Options) => run(deployment, options, world));

function checksOf(ids: string): Check[] {
  const known = CHECKS.map(({ id }) => id);
  return ids.split(",").map((id) => {
    const found = CHECKS.find((check) => check.id === id);
    if (!found) throw new InvalidArgumentError(`There is no check ${id}: --help lists them.${didYouMean(id, known)}`);
    return found;
  });
}

async function run(deployment: string, options: Options, world: World): Promise<void> {
  const targets = await readTargets(deployment, options.approver);
  const aws = await connect(targets.region);
  const place = { account: targets.account, region: targets.region, domainId: targets.approver.domainId };
  if (options.clean) return await clean(aws, Ledger.open(options.ledger, place), world);
  if (options.act) await agree(targets, options, world);
  const ledger = options.act ? Ledger.begin(options.ledger, place) : undefined;
  const interrupted = (): void => void cleanAndEnd(aws, ledger!, world);
  if (ledger) process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  let findings: Awaited<ReturnType<typeof runChecks>>;
  try {
    if (ledger) world.note("making what is looked at …");
    const acted = ledger && (await act(aws, targets, ledger, world.wait));
    const account = { targets, aws, ...(acted && { acted }) };
    findings = await runChecks(options.only ?? CHECKS, account, ({ id }) => world.note(`${id} …`));
  } finally {
    if (ledger?.isClosed) await new Promise(() => undefined); // it is being cleaned, and the process ends
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    if (ledger) await clean(aws, ledger, world);
  }
  const text = JSON.stringify(findings, undefined, 2);
  if (options.write !== undefined) write(options.write, `${text}\n`);
  world.print(options.json ? text : told(world, findings));
  if (findings.some(({ outcome }) => outcome === "differs")) throw new AnswerIsNo();
}

async function clean(aws: Clients, ledger: Ledger, { note }: World): Promise<void> {
  const left = await removeAll(aws, ledger);
  if (left.length === 0) return note("all that was made is removed");
  throw new Error(`Not removed:\n${left.join("\n")}\n${ledger.file} still has it: run the same with --clean.`);
}

/** What a signal does. Nothing more is made, then what was made is removed. A second signal ends it at once: `--clean` has the ledger. */
async function cleanAndEnd(aws: Clients, ledger: Ledger, world: World): Promise<void> {
  world.note("interrupted: removing what was made …");
  await ledger.close();
  await clean(aws, ledger, world).catch((error: Error) => world.note(error.message));
  process.exit(130);
}

async function agree({ account, region, approver }: Targets, { yes }: Options, { note, ask }: World): Promise<void> {
  note(`${COST}\nAccount ${account}, ${region}, domain ${approver.domainId}.`);
  if (yes) return;
  if (!ask) throw new NotUnderstood("Nothing was made: without a terminal nobody can agree. Give --yes.");
  if ((await ask("If that is meant, type the domain's id: ")) !== approver.domainId)
    throw new Error("Nothing was made.");
}

const STYLES = { "as expected": "good", differs: "bad", "not tried": "quiet" } as const;

function told(terminal: Terminal, findings: readonly (Finding & Pick<Check, "id">)[]): string {
  const count = (outcome: Finding["outcome"]): number => findings.filter((one) => one.outcome === outcome).length;
  const rows = findings.map(({ id, outcome, seen }) => [id, paint(terminal, STYLES[outcome], outcome), seen]);
  const sums = (Object.keys(STYLES) as Finding["outcome"][]).map((outcome) => `${count(outcome)} ${outcome}`);
  return `${table(terminal, ["check", "outcome", "seen"], rows)}\n\n${sums.join(", ")}`;
}
