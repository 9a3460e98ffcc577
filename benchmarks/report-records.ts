import { createHash } from "node:crypto";

const ROWS = [
  "Orders",
  "Customers",
  "Web clicks",
  "Returns",
  "Price list",
  "Stock levels",
  "Campaigns",
  "Invoices",
  "Suppliers",
  "Deliveries",
];
const PROJECTS = ["Sales", "Pricing", "Marketing", "Logistics", "Finance"];
const TEAMS = ["Forecasting", "Churn", "Finance reporting", "Data science", "Recommendations", "Audit", "Planning"];

/** Numbers from 0 to 1 that are the same in each run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield state / 2 ** 32;
  }
}

const id = (kind: string, number: number): string =>
  createHash("sha256").update(`${kind}${number}`).digest("base64url").replace(/[-_]/g, "").toLowerCase().slice(0, 14);

/**
 * The log of an approver in half a year, as lines: so many records, among them what people decided, what waits, repeats and dry runs,
 * by the digests of sets that are given.
 */
export function logLines(records: number, digests: readonly string[]): string[] {
  const random = numbers(7);
  const draw = (): number => random.next().value;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() ** 1.6 * all.length)]!;
  const end = Date.parse("2026-06-30T18:00:00Z");
  const span = 180 * 24 * 3600 * 1000;
  return Array.from({ length: records }, (_, i) => {
    const started = end - span + (span * i) / records;
    const weekday = new Date(started).getUTCDay() % 6 === 0 ? 2 * 24 * 3600 * 1000 : 0;
    const requested = started + weekday;
    const kind = draw();
    const isPerson = kind < 0.12;
    const isWaiting = kind >= 0.12 && kind < 0.14;
    const after = isPerson ? draw() ** 3 * 20 * 24 * 3600 * 1000 : 2_000 + draw() * 8_000;
    const at = new Date(Math.min(end, requested + after));
    const project = Math.floor(draw() ** 1.6 * PROJECTS.length);
    const team = Math.floor(draw() ** 1.3 * TEAMS.length);
    const rejected = draw() < (isPerson ? 0.35 : 0.06);
    const policies = isWaiting
      ? ["allowed-terms"]
      : rejected
        ? ["no-exports"]
        : [pick(["public-data", "own-team", "dev-projects"])];
    const listing = `${pick(ROWS)} ${2020 + Math.floor(draw() * 7)}`;
    const decision = {
      subscriptionRequestId: id("request", kind > 0.97 ? Math.max(0, i - 3) : i),
      dryRun: kind > 0.985,
      environment: "prod",
      policySet: digests[Math.min(digests.length - 1, Math.floor((i / records) * digests.length))],
      domainId: "dzd_4rgxv6ns8t3knp",
      trigger: isPerson ? "event" : "sweep",
      outcome: isWaiting ? "waiting" : rejected ? "rejected" : "approved",
      why: isWaiting ? ["the term PII is not on the list"] : [],
      policies: isPerson ? [] : policies,
      ...(isPerson && { decidedBy: `user${1 + Math.floor(draw() ** 2 * 9)}-${id("user", 1)}` }),
      ...(!isWaiting && { decidedAt: at.toISOString() }),
      listing: { id: id("listing", i % 400), name: listing, revision: "1" },
      project: { id: id("project", project), name: PROJECTS[project] },
      subscriber: { type: "project", id: id("team", team), name: TEAMS[team] },
      requester: { id: id("user", i % 90) },
      requestedAt: new Date(requested).toISOString(),
    };
    return JSON.stringify({
      level: "INFO",
      message: "decision",
      timestamp: at.toISOString(),
      service: "approvals-prod",
      decision,
    });
  });
}
