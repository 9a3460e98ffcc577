import { z } from "zod";

const named = z.object({ id: z.string(), name: z.string().optional() });
const texts = z.array(z.string()).default([]);

/** A decision record (functions/approver/record.ts), as far as it is read here: no comment, and nothing else that could hold free text. */
const decision = z.object({
  subscriptionRequestId: z.string(),
  outcome: z.enum(["approved", "rejected", "waiting", "failed", "left"]),
  why: texts,
  policies: texts,
  policySet: z.string().default(""),
  environment: z.string().default(""),
  domainId: z.string().default(""),
  trigger: z.string().default(""),
  dryRun: z.boolean().default(false),
  again: z.boolean().optional(),
  severity: z.string().optional(),
  listing: named.optional(),
  project: named.optional(),
  subscriber: named.extend({ type: z.string().default("") }).optional(),
  requester: named.optional(),
  requestedAt: z.string().optional(),
  decidedAt: z.string().optional(),
  decidedBy: z.string().optional(),
  latency: z.number().optional(),
});
export type Decision = z.output<typeof decision>;

const entry = z.discriminatedUnion("message", [
  z.object({ message: z.literal("decision"), timestamp: z.string().optional(), decision }),
  z.object({ message: z.literal("policy"), policySet: z.string(), policy: z.string(), text: z.string() }),
]);
type Entry = z.output<typeof entry>;

/** What an approver has logged. */
export interface Records {
  /** In the order of their times. */
  readonly decisions: readonly (Decision & { readonly at: string })[];
  /** The texts of policy sets: by their digest, then by the policies' ids. */
  readonly sets: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** How many records could not be understood. */
  readonly unreadable: number;
}

/** A log event: its text, and its time, where whatever brought it says it. */
export interface LogEvent {
  readonly text: string;
  /** ISO 8601. */
  readonly at?: string;
}

/** Reads records out of a log; what else a function writes is left alone. */
export function recordsOf(events: Iterable<LogEvent>): Records {
  const decisions: (Decision & { at: string })[] = [];
  const sets = new Map<string, Record<string, string>>();
  let unreadable = 0;
  for (const { text, at } of events) {
    const found = parse(text);
    if (found === undefined) continue;
    if (found === "unreadable") unreadable += 1;
    else if (found.message === "decision") decisions.push({ ...found.decision, at: found.timestamp ?? at ?? "" });
    else sets.set(found.policySet, { ...sets.get(found.policySet), [found.policy]: found.text });
  }
  decisions.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { decisions, sets, unreadable };
}

/** Most of a log is neither, and parsing JSON is what costs. */
const LIKELY = /"message":\s*"(?:decision|policy)"/;

function parse(text: string): Entry | "unreadable" | undefined {
  if (!LIKELY.test(text)) return undefined;
  try {
    const parsed = entry.safeParse(JSON.parse(text.slice(text.indexOf("{"))));
    return parsed.success ? parsed.data : "unreadable";
  } catch {
    return "unreadable";
  }
}
