import { InvalidArgumentError } from "commander";
import { readComment } from "../../functions/approver/comment";
import { consider, readEverything } from "../../functions/approver/consider";
import type { RequestDetails } from "../../functions/approver/datazone";
import type { Decision } from "../../functions/approver/decide";
import { type Facts, unknown } from "../../functions/approver/facts";
import { Pace } from "../../functions/approver/pace";
import { type PolicySet, parseSet } from "../../functions/approver/policies/set";
import { domainId } from "../asset";
import { type MakeCommand, command } from "../program/command";
import { writable, write } from "../program/files";
import { paint, table } from "../program/terminal";
import type { World } from "../program/world";
import { requestOf } from "../requests";
import { SET_HELP, environmentOf, readSource } from "./sources";

interface Options {
  readonly domain: string;
  readonly last: number;
  readonly environment?: string;
  readonly export?: string;
  readonly json?: boolean;
}

/** Calls a second: half of the lowest of the DataZone quotas that these calls have. */
const CALLS_PER_SECOND = 4;

/** `policy replay`: what a policy set would have decided about the last decided requests. */
export const replay: MakeCommand = (world) =>
  command({
    usage: "replay <set>",
    summary: "say what a set would have decided about the last decided requests of a domain, next to what was decided",
    details: `Reads, and changes nothing: at most ${CALLS_PER_SECOND} calls a second. Each request is decided as of when it was made. What cannot be known any more, and the set looks at, makes it undecidable.

It needs datazone:ListSubscriptionRequests, GetSubscriptionRequestDetails, and what the set looks at of GetListing, GetProject, GetUserProfile and GetGlossaryTerm. --export writes the requests that were read as a requests file for "policy test", without what requesters wrote: neither reasons nor answers.

${SET_HELP}`,
    examples: ["policy replay policies/prod --domain dzd_4rgxv6ns8t3knp --last 100 --export requests.json"],
  })
    .requiredOption("--domain <id>", "the DataZone domain: dzd_…, as the portal's URL has it", domainId)
    .option("--last <number>", "how many requests", count, 50)
    .option(
      "--environment <name>",
      "value of context.environment in the policies (default: the set's own, or the name of its folder)",
    )
    .option("--export <file>", "write the requests as a requests file", writable)
    .action(async (given: string, options: Options) => {
      const source = await readSource(given);
      const set = parseSet(source.texts);
      const replayed = await replayAll(set, environmentOf(source, options.environment), options, world);
      if (options.export !== undefined) {
        const requests = replayed.flatMap(({ id, facts, was }) => (facts ? [exported(facts, id, was.outcome)] : []));
        write(options.export, `${JSON.stringify({ requests }, undefined, 2)}\n`);
        world.note(`${options.export}: ${requests.length} requests`);
      }
      if (options.json) world.print(JSON.stringify(replayed.map(plain), undefined, 2));
      else tell(replayed, world);
    });

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 10_000) return value;
  throw new InvalidArgumentError("It is not a number of requests, from 1 to 10000.");
}

interface Replayed {
  readonly id: string;
  readonly at?: string;
  readonly listing?: string;
  readonly subscriber: string;
  /** What was decided, and by whom: an approver and its policies, or the domain's id of a user. */
  readonly was: { readonly outcome: "approved" | "rejected"; readonly by: string };
  readonly would: Pick<Decision, "policies" | "why"> & { readonly outcome: Decision["outcome"] | "undecidable" };
  readonly facts?: Facts;
}

async function replayAll(
  set: PolicySet,
  environment: string,
  { domain, last, export: asFile }: Options,
  world: World,
): Promise<Replayed[]> {
  const { NOT_KNOWN, PastDomain, decidedRequests, paced } = await import("./past");
  const client = paced(await world.dataZone(), new Pace(CALLS_PER_SECOND, undefined, world.wait));
  const replayed: Replayed[] = [];
  for (const { id } of await decidedRequests(client, domain, last)) {
    if (!id) continue;
    const past = await PastDomain.of(client, domain, id);
    const now = past.details.createdAt ?? new Date();
    const { decision } = await consider(past.details, { set, domain: past, environment, now });
    const unknowable = [
      ...decision.why.filter((reason) => reason.includes(NOT_KNOWN)),
      // The subscription may be what came of this very request.
      ...(set.references.has("context", "alreadySubscribed") ? [`context.alreadySubscribed is ${NOT_KNOWN}`] : []),
    ];
    const { outcome, policies, why } = decision;
    const would =
      unknowable.length > 0
        ? { outcome: "undecidable" as const, policies: [], why: unknowable }
        : { outcome, policies, why };
    const facts = asFile === undefined ? undefined : await readEverything(past.details, { set, domain: past, now });
    replayed.push({ ...described(past.details), id, would, facts: facts && "unreadable" in facts ? undefined : facts });
  }
  return replayed;
}

function described(details: RequestDetails): Omit<Replayed, "id" | "would"> {
  const { status, createdAt, reviewerId, decisionComment, subscribedListings, subscribedPrincipals } = details;
  const { project, user, group, iam } = subscribedPrincipals?.[0] ?? {};
  const name = /^\[([^\s\]]+) /.exec(decisionComment ?? "")?.[1];
  const own = name === undefined ? undefined : readComment(name, decisionComment);
  return {
    at: createdAt?.toISOString(),
    listing: subscribedListings?.[0]?.name,
    subscriber: project?.name ?? project?.id ?? user?.id ?? group?.name ?? group?.id ?? iam?.principalArn ?? "unknown",
    was: {
      outcome: status === "REJECTED" ? "rejected" : "approved",
      by: own ? `${name}: ${own.policies.join(", ")}` : `a person (${reviewerId ?? "unknown who"})`,
    },
  };
}

const plain = ({ id, at, listing, subscriber, was, would }: Replayed): object => ({
  id,
  at,
  listing,
  subscriber,
  was,
  would,
});

/** Without what requesters wrote. */
const exported = (facts: Facts, id: string, expect: "approved" | "rejected"): object =>
  requestOf({ ...facts, answers: unknown("not exported") }, { name: id, expect });

function tell(replayed: readonly Replayed[], world: World): void {
  const rows = replayed.map(({ id, at = "", listing = "", subscriber, was, would }) => [
    id,
    at.slice(0, 10),
    listing,
    subscriber,
    `${was.outcome} by ${was.by}`,
    paint(world, styleOf(was.outcome, would.outcome), would.outcome) +
      (would.policies.length > 0 ? ` by ${would.policies.join(", ")}` : ""),
  ]);
  world.print(table(world, ["request", "made", "listing", "subscriber", "was", "would be"], rows));
  const of = (is: (one: Replayed) => boolean): number => replayed.filter(is).length;
  const same = of(({ was, would }) => was.outcome === would.outcome);
  const undecidable = of(({ would }) => would.outcome === "undecidable");
  world.print(`${same} the same, ${replayed.length - same - undecidable} otherwise, ${undecidable} undecidable`);
}

const styleOf = (was: string, would: string): "good" | "bad" | "doubtful" =>
  would === "undecidable" || would === "waiting" ? "doubtful" : was === would ? "good" : "bad";
