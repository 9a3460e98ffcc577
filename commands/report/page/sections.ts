import type { Decided, KnownSet, Report, Waiting } from "../model";
import {
  type Line,
  type Wait,
  KINDS,
  byPerson,
  byPolicy,
  byProject,
  duration,
  longestWaits,
  median,
  overTime,
  took,
  total,
} from "../select";
import { LABELS, bar, columns, legend, periodName } from "./charts";
import { h } from "./dom";
import { table } from "./tables";
import { moment, nameOf, number, plainDay, plural, share } from "./words";

type Selected = Pick<Report, "decided" | "waiting">;

/** A part of the page under a heading of its own. */
export const section = (id: string, title: string, ...content: readonly (Node | string | undefined)[]): HTMLElement =>
  h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...content);

/** The answer in a sentence or two, and in four figures. */
export function summary({ decided, waiting }: Selected, madeAt: string): HTMLElement {
  const people = decided.filter(({ person }) => person !== undefined);
  const byPolicyToo = decided.length - people.length;
  const days = decided.map(({ at }) => at).sort();
  const between =
    days.length > 0
      ? `From ${plainDay(days[0]!, "full")} to ${plainDay(days.at(-1)!, "full")}, `
      : "In this selection, ";
  const policyTimes = decided.flatMap((one) => (one.person === undefined ? (took(one) ?? []) : []));
  const peopleTimes = people.flatMap((one) => took(one) ?? []);
  const usual = (times: readonly number[]): string => {
    const middle = median(times);
    return middle === undefined ? "" : `half of them within ${duration(middle)}`;
  };
  const [oldest] = waiting;
  const age = oldest && duration(Date.parse(madeAt) - Date.parse(oldest.since));
  const figure = (value: number, of: string, more: string) =>
    h("li", {}, h("strong", {}, number(value)), h("span", {}, of), h("small", {}, more));
  return h(
    "div",
    { class: "summary" },
    h(
      "p",
      {},
      `${between}${plural(decided.length, "request")} ${decided.length === 1 ? "was" : "were"} decided: ` +
        `${number(byPolicyToo)} by policy, ${number(people.length)} by people. ` +
        (oldest
          ? `${plural(waiting.length, "request")} ${waiting.length === 1 ? "waits" : "wait"}, the oldest for ${age}, for the people of ${nameOf(oldest.project)}.`
          : "Nothing waits."),
    ),
    h(
      "ul",
      { class: "figures" },
      figure(
        byPolicyToo,
        "by policy",
        [share(byPolicyToo, decided.length), usual(policyTimes)].filter(Boolean).join(", "),
      ),
      figure(
        people.length,
        "by people",
        [share(people.length, decided.length), usual(peopleTimes)].filter(Boolean).join(", "),
      ),
      figure(
        decided.filter(({ outcome }) => outcome === "rejected").length,
        "rejected",
        share(decided.filter(({ outcome }) => outcome === "rejected").length, decided.length),
      ),
      figure(waiting.length, "waiting", oldest ? `the oldest for ${age}` : "nothing to do"),
    ),
  );
}

export const waitingNow = ({ waiting }: Selected, madeAt: string): HTMLElement =>
  section(
    "waiting",
    "Waiting now",
    table(
      "Requests that wait for a person, the longest first",
      [
        { title: "Waits", kind: "short" },
        { title: "Listing", kind: "wide" },
        { title: "Project" },
        { title: "Asked for" },
        { title: "Why", kind: "wide" },
        { title: "Request", kind: "id" },
      ],
      waiting,
      (one) => [
        duration(Date.parse(madeAt) - Date.parse(one.since)),
        nameOf(one.listing),
        nameOf(one.project),
        whom(one),
        whyOf(one),
        one.id,
      ],
      10,
    ),
  );

const whyOf = ({ why, policies, isFailed }: Waiting): string =>
  [isFailed ? "needs a repair" : policies.join(", "), why.join("; ")].filter(Boolean).join(": ");

/** For whom: the subscriber, and who asked. */
const whom = ({ subscriber, requester }: Decided | Waiting): string =>
  [nameOf(subscriber), ...(requester ? [`asked by ${nameOf(requester)}`] : [])].join(", ");

export function decisionsOverTime({ decided }: Selected, width: number): HTMLElement {
  const time = overTime(decided, Math.max(12, Math.min(62, Math.floor(width / 14))));
  if (time.periods.length === 0) return section("time", "Decisions over time", h("p", { class: "none" }, "None."));
  const rows = table(
    `Decisions by ${time.unit}`,
    [{ title: `By ${time.unit}` }, ...KINDS.map((kind) => ({ title: LABELS[kind], kind: "number" as const }))],
    time.periods,
    ({ start, counts }) => [periodName(time.unit, start), ...KINDS.map((kind) => number(counts[kind]))],
  );
  return section(
    "time",
    "Decisions over time",
    legend(),
    columns(time, width),
    h("details", {}, h("summary", {}, "The same as a table"), rows),
  );
}

/** Lines with bars; pressing a name looks at that alone. */
function bars(caption: string, title: string, lines: readonly Line[], choose?: (line: Line) => void): HTMLElement {
  const longest = Math.max(0, ...lines.map(({ counts }) => total(counts)));
  return table(
    caption,
    [{ title }, { title: "Decisions", kind: "number" }, { title: "Share", kind: "wide" }],
    lines,
    (line) => [
      choose ? h("button", { type: "button", class: "choose", click: () => choose(line) }, nameOf(line)) : nameOf(line),
      number(total(line.counts)),
      h(
        "div",
        {
          title: KINDS.filter((kind) => line.counts[kind] > 0)
            .map((kind) => `${number(line.counts[kind])} ${LABELS[kind]}`)
            .join(", "),
        },
        bar(line, longest),
      ),
    ],
    10,
  );
}

export const policies = ({ decided }: Selected, choose: (line: Line) => void): HTMLElement =>
  section(
    "policies",
    "By policy",
    bars("Decisions by deciding policy; one of several policies counts for each", "Policy", byPolicy(decided), choose),
  );

export const projects = ({ decided }: Selected, choose: (line: Line) => void): HTMLElement =>
  section("projects", "By project", bars("Decisions by publishing project", "Project", byProject(decided), choose));

export const people = ({ decided }: Selected): HTMLElement =>
  section("people", "Decided by hand", bars("Users of the domain who decided", "User", byPerson(decided)));

export const waits = ({ decided }: Selected): HTMLElement =>
  section(
    "waits",
    "Waited longest",
    table(
      "Requests whose decision took longest, and for whom",
      [{ title: "Took", kind: "short" }, { title: "Listing" }, { title: "For", kind: "wide" }, { title: "Decided" }],
      longestWaits(decided).slice(0, 100),
      ({ request, milliseconds }: Wait) => [
        duration(milliseconds),
        nameOf(request.listing),
        whom(request),
        `${request.outcome} by ${deciderOf(request)}`,
      ],
      10,
    ),
  );

const deciderOf = ({ person, policies }: Decided): string => person ?? policies.join(", ");

export const decisions = ({ decided }: Selected): HTMLElement =>
  section(
    "decisions",
    "Every decision",
    table(
      "Decisions, the newest first; times are UTC",
      [
        { title: "When", kind: "short" },
        { title: "Outcome", kind: "short" },
        { title: "By", kind: "wide" },
        { title: "Listing", kind: "wide" },
        { title: "Project" },
        { title: "For" },
        { title: "Took", kind: "number" },
        { title: "Request", kind: "id" },
      ],
      decided,
      (one) => {
        const time = took(one);
        return [
          moment(one.at),
          h("span", { class: `outcome ${one.outcome}` }, one.outcome),
          one.person === undefined ? deciderOf(one) : h("em", {}, `by hand: ${one.person}`),
          nameOf(one.listing),
          nameOf(one.project),
          whom(one),
          time === undefined ? "" : duration(time),
          one.id,
        ];
      },
    ),
  );

/** Each policy's text at the digest that decided. */
export function sets(sets: readonly KnownSet[], { decided }: Selected): HTMLElement {
  const used = sets.flatMap((set) => {
    const by = decided.filter(
      ({ set: digest }) => digest !== undefined && digest !== "" && set.digest.startsWith(digest),
    );
    return by.length > 0 ? [{ set, by }] : [];
  });
  return section(
    "sets",
    "The policies that decided",
    ...(used.length === 0 ? [h("p", { class: "none" }, "None.")] : []),
    ...used.map(({ set, by }) => {
      const days = by.map(({ at }) => at).sort();
      const from = plainDay(days[0]!, "full");
      const to = plainDay(days.at(-1)!, "full");
      return h(
        "details",
        { class: "set" },
        h(
          "summary",
          {},
          h("code", {}, set.digest.slice(0, 12)),
          ` ${plural(by.length, "decision")}, ${from === to ? from : `${from} to ${to}`}`,
        ),
        ...textsOf(set),
      );
    }),
  );
}

function textsOf({ digest, texts, where }: KnownSet): HTMLElement[] {
  if (!texts) {
    const find = `sagemaker-data-access policy find ${digest.slice(0, 12)}`;
    return [h("p", {}, "The texts were not found. To look elsewhere: ", h("code", {}, find))];
  }
  const entries = Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    h("p", {}, `Set ${digest}, found in ${where ?? "what was given"}.`),
    ...entries.flatMap(([id, text]) => [h("h3", {}, id), h("pre", { tabindex: 0 }, h("code", {}, text.trim()))]),
  ];
}
