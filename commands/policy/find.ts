import type { SSMClient } from "@aws-sdk/client-ssm";
import { InvalidArgumentError } from "commander";
import { digestOf } from "../../functions/approver/policies/digest";
import { type MakeCommand, command } from "../program/command";
import { folder } from "../program/files";
import { paint } from "../program/terminal";
import type { World } from "../program/world";
import { recordsOf } from "../records/entries";
import { LOG_HELP, readLogs } from "../records/files";
import { readGroup } from "../records/group";
import { committedSets } from "./history";

interface Options {
  readonly git: string | boolean;
  readonly log?: readonly string[];
  readonly logGroup?: string;
  readonly since?: Date;
  readonly parameters?: string;
  readonly json?: boolean;
}

/** A set that was found, and where. */
interface Found {
  readonly digest: string;
  readonly where: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** `policy find`: the texts behind the digest in a decision comment. */
export const find: MakeCommand = (world) =>
  command({
    usage: "find",
    summary: "say which policies stand behind the digest in a decision comment, with their texts",
    details: `Looks in the git history of a folder, all branches and all folders with policies, and where it is told to: in a log, into which the check of each version writes the set that goes live, and in Parameter Store, which has the set that is live.

${LOG_HELP}

--log-group needs logs:FilterLogEvents on the group, --parameters ssm:GetParametersByPath on the path. Changes nothing.`,
    examples: [
      "policy find '[approvals-prod 0123456789ab] public-data: Public data is approved for reading.'",
      "policy find 0123456789ab --log-group /aws/lambda/approvals-prod --since 2026-01-01",
    ],
  })
    .argument("<digest>", "a decision comment, or 12 to 64 characters of a digest", wanted)
    .option("--git <folder>", "look in the git history that this folder is in", folder, ".")
    .option("--no-git", "do not look there")
    .option("--log <path...>", "look in logs")
    .option("--log-group <name>", "look in the approver's log group: /aws/lambda/<name>")
    .option("--since <date>", "begin there in the log group (default: a year ago)", day)
    .option("--parameters <name>", "look in Parameter Store for the live set of the approver of this name")
    .action(async (digest: string, options: Options) => {
      const found = await first(digest, places(options, world));
      if (!found) throw new Error(`No policy set with the digest ${digest} was found. ${placesNotTried(options)}`);
      if (options.json) world.print(JSON.stringify(found, undefined, 2));
      else tell(found, world);
    });

/** @throws where it holds no digest */
function wanted(text: string): string {
  const digest = /^\[\S+ ([0-9a-f]{12})\]/.exec(text)?.[1] ?? /^[0-9a-f]{12,64}$/.exec(text)?.[0];
  if (digest !== undefined) return digest;
  throw new InvalidArgumentError(
    "It is neither a decision comment, [<name> <digest>] …, nor 12 to 64 characters of a digest, 0 to 9 and a to f.",
  );
}

/** @throws where it is no date */
export function day(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError("It is no date: 2026-01-31, or with a time, 2026-01-31T12:00:00Z.");
}

/** A year ago: as long as logs are kept by default. */
export const aYearAgo = (): Date => new Date(Date.now() - 365 * 24 * 3600 * 1000);

type Place = () => AsyncIterable<Found> | Iterable<Found>;

/** Where to look: what costs nothing first. */
const places = ({ git, log = [], logGroup, since = aYearAgo(), parameters }: Options, world: World): Place[] => [
  ...(typeof git === "string" ? [() => inHistory(git)] : []),
  () => inLog("the log", readLogs(log)),
  ...(logGroup === undefined
    ? []
    : [
        async function* () {
          yield* inLog(`the log group ${logGroup}`, await readGroup(world, logGroup, since));
        },
      ]),
  ...(parameters === undefined ? [] : [() => inParameters(world, parameters)]),
];

async function first(digest: string, places: readonly Place[]): Promise<Found | undefined> {
  for (const place of places) for await (const found of place()) if (found.digest.startsWith(digest)) return found;
  return undefined;
}

function* inHistory(folder: string): Generator<Found> {
  for (const { digest, texts, commit, date, folder: path } of committedSets(folder))
    yield { digest, texts, where: `${path} at commit ${commit.slice(0, 12)} of ${date.slice(0, 10)}` };
}

function* inLog(where: string, events: Parameters<typeof recordsOf>[0]): Generator<Found> {
  for (const texts of recordsOf(events).sets.values()) yield { digest: digestOf(texts), texts, where };
}

async function* inParameters(world: World, name: string): AsyncGenerator<Found> {
  const { GetParametersByPathCommand } = await import("@aws-sdk/client-ssm");
  const client: Pick<SSMClient, "send"> = await world.parameters();
  const sets = new Map<string, Record<string, string>>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetParametersByPathCommand({ Path: `/${name}/policies/`, Recursive: true, MaxResults: 10, NextToken }),
    );
    for (const { Name = "", Value = "" } of page.Parameters ?? []) {
      const end = Name.lastIndexOf("/");
      const path = Name.slice(0, end);
      sets.set(path, { ...sets.get(path), [Name.slice(end + 1)]: Value });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  for (const [path, texts] of sets) yield { digest: digestOf(texts), texts, where: path };
}

function placesNotTried({ git, log, logGroup, parameters }: Options): string {
  const others = [
    ...(typeof git === "string" ? [] : ["the git history (--git)"]),
    ...(log || logGroup !== undefined ? [] : ["the log (--log, --log-group)"]),
    ...(parameters === undefined ? ["Parameter Store (--parameters)"] : []),
  ];
  return others.length > 0 ? `Not looked in: ${others.join(", ")}.` : "";
}

function tell({ digest, where, texts }: Found, world: World): void {
  const ids = Object.keys(texts).sort();
  world.print(`${digest}: ${ids.length} ${ids.length === 1 ? "policy" : "policies"}, ${where}`);
  for (const id of ids) world.print(`\n${paint(world, "quiet", `// ${id}.cedar`)}\n${texts[id]!.trimEnd()}`);
}
