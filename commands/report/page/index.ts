import type { Report } from "../model";
import { EVERYTHING, type Filter, type Line, byPolicy, byProject, select } from "../select";
import { patterns } from "./charts";
import { h } from "./dom";
import { decisions, decisionsOverTime, people, policies, projects, sets, summary, waitingNow, waits } from "./sections";
import { nameOf, number, plural } from "./words";

const report = JSON.parse(document.getElementById("report")!.textContent!) as Report;
const page = document.getElementById("page")!;
let filter: Filter = EVERYTHING;

const field = (title: string, control: HTMLElement): HTMLElement => h("label", {}, h("span", {}, title), control);
const listen = { input: () => read() };

function choices(name: string, options: readonly (readonly [value: string, text: string])[]): HTMLSelectElement {
  return h("select", { name, ...listen }, ...options.map(([value, text]) => h("option", { value }, text)));
}

const byName = (one: Line, other: Line): number => nameOf(one).localeCompare(nameOf(other), "en");
const form = h(
  "form",
  { class: "filters", "aria-label": "What to look at", submit: (event) => event.preventDefault() },
  field("From", h("input", { type: "date", name: "from", ...listen })),
  field("To", h("input", { type: "date", name: "to", ...listen })),
  field(
    "Outcome",
    choices("outcome", [
      ["", "any"],
      ["approved", "approved"],
      ["rejected", "rejected"],
    ]),
  ),
  field(
    "Decided by",
    choices("by", [
      ["", "anybody"],
      ["policy", "policy"],
      ["person", "people"],
    ]),
  ),
  field(
    "Project",
    choices("project", [
      ["", "any"],
      ...byProject([...report.decided])
        .sort(byName)
        .map((line) => [line.id, nameOf(line)] as const),
    ]),
  ),
  field(
    "Policy",
    choices("policy", [
      ["", "any"],
      ...byPolicy([...report.decided])
        .sort(byName)
        .map(({ id }) => [id, id] as const),
    ]),
  ),
  field(
    "Id or name",
    h("input", {
      type: "search",
      name: "search",
      placeholder: "request, listing, user …",
      spellcheck: "false",
      ...listen,
    }),
  ),
  h("button", { type: "button", click: () => choose({}) }, "Everything"),
);
const status = h("p", { class: "status", role: "status" });
const results = h("div", { id: "results" });

/** Looks at what the form says. */
function read(): void {
  filter = { ...EVERYTHING, ...(Object.fromEntries(new FormData(form)) as Partial<Filter>) };
  render();
}

/** Looks at what is said, and nothing else. */
function choose(chosen: Partial<Filter>): void {
  form.reset();
  for (const [name, value] of Object.entries(chosen)) (form.elements.namedItem(name) as HTMLInputElement).value = value;
  read();
}

/** Looks at that too. */
const also =
  (name: "policy" | "project") =>
  ({ id }: Line): void => {
    choose({ ...filter, [name]: filter[name] === id ? "" : id });
    form.scrollIntoView({ block: "nearest" });
  };

function render(): void {
  const selected = select(report, filter);
  const { madeAt } = report;
  const width = Math.max(280, results.clientWidth - 2);
  status.textContent =
    selected.decided.length === report.decided.length && selected.waiting.length === report.waiting.length
      ? ""
      : `Looking at ${number(selected.decided.length)} of ${plural(report.decided.length, "decision")}, ${number(selected.waiting.length)} of ${number(report.waiting.length)} that wait.`;
  results.replaceChildren(
    summary(selected, madeAt),
    waitingNow(selected, madeAt),
    decisionsOverTime(selected, width),
    h("div", { class: "pair" }, policies(selected, also("policy")), projects(selected, also("project"))),
    h("div", { class: "pair" }, people(selected), waits(selected)),
    decisions(selected),
    sets(report.sets, selected),
  );
}

function about(): HTMLElement {
  const { dryRuns, repeats, waiting, left, unreadable } = report.notCounted;
  const notCounted = [
    plural(dryRuns, "dry run"),
    plural(repeats, "repeat"),
    `${number(waiting)} of what waited`,
    `${number(left)} of what was left alone`,
    ...(unreadable > 0 ? [`${number(unreadable)} that could not be understood`] : []),
  ];
  return h(
    "footer",
    {},
    h(
      "p",
      {},
      `Made of ${report.sources.join("; ")}. A request counts once, by its earliest record. Other records: ${notCounted.join(", ")}. Days and times are UTC.`,
    ),
    h("p", {}, "Nothing in it was written by those who asked. It needs no network, and sends nothing."),
  );
}

/** On a narrow screen the answers come first. */
const looking = h(
  "details",
  { class: "looking", open: window.matchMedia("(min-width: 761px)").matches },
  h("summary", {}, "What to look at"),
  form,
);

page.replaceChildren(patterns(), looking, status, results, about());
render();
let lastWidth = results.clientWidth;
new ResizeObserver(() => {
  if (results.clientWidth === lastWidth) return;
  lastWidth = results.clientWidth;
  document
    .getElementById("time")
    ?.parentElement?.replaceWith(decisionsOverTime(select(report, filter), Math.max(280, lastWidth - 2)));
}).observe(results);
