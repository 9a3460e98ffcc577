import { digestOf } from "../functions/approver/policies/digest";
import { domainId } from "./asset";
import { aYearAgo, day } from "./policy/find";
import { committedSets } from "./policy/history";
import { readSource } from "./policy/sources";
import { type MakeCommand, command } from "./program/command";
import { NotUnderstood } from "./program/exit";
import { folder, writable, write } from "./program/files";
import type { World } from "./program/world";
import { type LogEvent, type Records, recordsOf } from "./records/entries";
import { LOG_HELP, readLogs } from "./records/files";
import { readGroup } from "./records/group";
import { fold } from "./report/fold";
import type { KnownSet, Report } from "./report/model";

interface Options {
  readonly log?: readonly string[];
  readonly logGroup?: readonly string[];
  readonly domain?: string;
  readonly since?: Date;
  readonly policies?: readonly string[];
  readonly git: string | boolean;
  readonly out: string;
  readonly json?: boolean;
}

/** `report`: what was decided, by what and by whom, and what waits, as one HTML file. */
export const report: MakeCommand = (world) =>
  command({
    usage: "report",
    summary: "write what was decided, by what and by whom, and what waits, into one HTML file",
    details: `Made of an approver's log, of a DataZone domain, or of both: the log says why, the domain knows what really waits, and what people decided whose event was lost. Dry runs and repeats are not counted. Nothing that a requester wrote gets into the file. It needs no network and no server, filters included. Changes nothing.

${LOG_HELP}

--log-group needs logs:FilterLogEvents on the group, --domain datazone:ListSubscriptionRequests on the domain; both are read at two calls a second.
Policies' texts come from the log, from --policies, and from the git history of a folder.`,
    examples: [
      "report --log exported/ --out decisions.html",
      "report --log-group /aws/lambda/approvals-prod --domain dzd_4rgxv6ns8t3knp --since 2026-01-01",
    ],
  })
    .option("--log <path...>", "logs: files or folders")
    .option("--log-group <name...>", "log groups of approvers: /aws/lambda/<name>")
    .option("--domain <id>", "the DataZone domain: dzd_…, as the portal's URL has it", domainId)
    .option("--since <date>", "begin there in log groups and the domain (default: a year ago)", day)
    .option("--policies <set...>", "policy sets whose texts to look among, as policy check takes them")
    .option("--git <folder>", "look for policies' texts in the git history that this folder is in", folder, ".")
    .option("--no-git", "do not look there")
    .option("--out <file>", "the file to write", writable, "report.html")
    .action(async (options: Options) => {
      if (!options.log && !options.logGroup && !options.domain)
        throw new NotUnderstood("A report of what? Give --log, --log-group or --domain; --help says more.");
      const made = await reportOf(options, world);
      if (options.json) return world.print(JSON.stringify(made, undefined, 2));
      const { htmlOf } = await import("./report/html");
      write(options.out, htmlOf(made));
      world.print(`${options.out}: ${made.decided.length} decisions, ${made.waiting.length} waiting`);
    });

async function reportOf(options: Options, world: World): Promise<Report> {
  const { log = [], logGroup = [], domain, since = aYearAgo() } = options;
  const events: LogEvent[] = [...readLogs(log)];
  for (const name of logGroup) events.push(...(await readGroup(world, name, since)));
  const records = recordsOf(events);
  const inLogs = fold(records);
  const folded =
    domain === undefined ? inLogs : await (await import("./report/domain")).withDomain(inLogs, world, domain, since);
  if (log.length + logGroup.length > 0 && records.decisions.length === 0)
    world.note(
      "There is no record of an approver in what was read: is it the log of its function, /aws/lambda/<name>?",
    );
  if (records.unreadable > 0)
    world.note(`${records.unreadable} records could not be understood, and are not in the report`);
  const digests = new Set(folded.decided.flatMap(({ set }) => (set ? [set] : [])));
  const sets = await knownSets(digests, records, options);
  const sources = [
    ...(log.length + logGroup.length > 0 ? [`${records.decisions.length} records of an approver's log`] : []),
    ...(domain === undefined ? [] : [`the requests of the domain ${domain}`]),
  ];
  return { madeAt: new Date().toISOString(), sources, ...folded, sets };
}

/** The sets that decided, with their texts, where they are found. */
async function knownSets(digests: ReadonlySet<string>, records: Records, options: Options): Promise<KnownSet[]> {
  const missing = new Set(digests);
  const found: KnownSet[] = [];
  const take = (set: Required<KnownSet>): void => {
    const meant = [...missing].filter((digest) => set.digest.startsWith(digest));
    if (meant.length === 0) return;
    meant.forEach((digest) => missing.delete(digest));
    found.push(set);
  };
  for (const texts of records.sets.values()) take({ digest: digestOf(texts), texts, where: "the log" });
  for (const given of options.policies ?? []) {
    const { texts } = await readSource(given);
    take({ digest: digestOf(texts), texts, where: given });
  }
  if (typeof options.git === "string" && missing.size > 0) {
    for (const { digest, texts, folder, commit } of committedSets(options.git)) {
      take({ digest, texts, where: `${folder} at commit ${commit.slice(0, 12)}` });
      if (missing.size === 0) break;
    }
  }
  return [...found, ...[...missing].map((digest) => ({ digest }))];
}
