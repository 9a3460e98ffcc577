import fc from "fast-check";
import { TERMS } from "./worlds";

/** What an expression sees, every fact known: the reading of docs/policies.md that is tried against Cedar. */
export interface View {
  readonly principal: {
    readonly type: string;
    readonly name: string;
    readonly tags: readonly string[];
    readonly domainUnit?: string;
    readonly profile?: string;
    readonly category?: string;
  };
  readonly resource: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly terms: readonly string[];
    readonly columnTerms: readonly string[];
    readonly governed: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  };
  readonly requester: { readonly id: string; readonly kind: string; readonly name: string };
  readonly publisherTags: readonly string[];
  readonly permissions: readonly string[];
  readonly requestedFilters: readonly string[];
  readonly alreadySubscribed: boolean;
  readonly product?: { readonly name: string; readonly terms: readonly string[] };
  readonly answers: Readonly<Record<string, string>>;
}

/** An evaluation error, as of a tag that is not there. */
export class Fails extends Error {}

/** A condition: as Cedar text, the facts that it names, and what it is in a view. */
export interface Condition {
  readonly text: string;
  readonly refers: readonly string[];
  readonly holds: (view: View) => boolean;
}

const quoted = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
const atom = (text: string, refers: readonly string[], holds: Condition["holds"]): Condition => ({
  text,
  refers,
  holds,
});

type Set = { readonly text: string; readonly refers: string; readonly of: (view: View) => readonly string[] };
const SETS: readonly Set[] = [
  ...(["terms", "columnTerms", "governed"] as const).map((name) => ({
    text: `resource.${name}`,
    refers: `resource.${name}`,
    of: (view: View) => view.resource[name],
  })),
  { text: "context.permissions", refers: "context.permissions", of: (view) => view.permissions },
  { text: "context.requestedFilters", refers: "context.requestedFilters", of: (view) => view.requestedFilters },
  { text: "context.publisher.details.tags", refers: "publisher.details", of: (view) => view.publisherTags },
];

const setCondition: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.constantFrom(...SETS),
    fc.constantFrom("contains", "containsAny", "containsAll", "within", "isEmpty"),
    fc.subarray([...TERMS.slice(0, 3), "READ", "f1", "stage=dev"], { minLength: 1, maxLength: 3 }),
  )
  .map(([{ text, refers, of }, operator, values]) => {
    const is = (spelled: string, holds: (set: readonly string[]) => boolean) =>
      atom(spelled, [refers], (view) => holds(of(view)));
    switch (operator) {
      case "contains":
        return is(`${text}.contains(${JSON.stringify(values[0])})`, (set) => set.includes(values[0]!));
      case "containsAny":
        return is(`${text}.containsAny(${quoted(values)})`, (set) => values.some((value) => set.includes(value)));
      case "containsAll":
        return is(`${text}.containsAll(${quoted(values)})`, (set) => values.every((value) => set.includes(value)));
      case "within":
        return is(`${quoted(values)}.containsAll(${text})`, (set) => set.every((value) => values.includes(value)));
      default:
        return is(`${text}.isEmpty()`, (set) => set.length === 0);
    }
  });

const PROJECT = "principal is DataZone::Project";
const isProject = ({ principal }: View): boolean => principal.type === "Project";
const tagConditions = (
  owner: string,
  kind: string,
  tags: (view: View) => Readonly<Record<string, string>>,
  name: string,
): Condition[] => {
  const refers = [`${kind} ${name}`];
  const get = (view: View): string => {
    const value = tags(view)[name];
    if (value === undefined) throw new Fails();
    return value;
  };
  return [
    atom(`${owner}.hasTag("${name}")`, refers, (view) => tags(view)[name] !== undefined),
    atom(
      `(${owner}.hasTag("${name}") && ${owner}.getTag("${name}") == "x")`,
      refers,
      (view) => tags(view)[name] === "x",
    ),
    atom(`${owner}.getTag("${name}") == "x"`, refers, (view) => get(view) === "x"),
  ];
};

const ATOMS: readonly Condition[] = [
  atom("true", [], () => true),
  atom(PROJECT, [], isProject),
  atom(
    `(${PROJECT} && principal.name like "dev-*")`,
    ["principal.name"],
    (view) => isProject(view) && view.principal.name.startsWith("dev-"),
  ),
  atom(
    `(${PROJECT} && principal.details.tags.contains("stage=dev"))`,
    ["principal.details"],
    (view) => isProject(view) && view.principal.tags.includes("stage=dev"),
  ),
  atom(
    `(${PROJECT} && principal.details has domainUnit && principal.details.domainUnit == "unit1")`,
    ["principal.details"],
    (view) => isProject(view) && view.principal.domainUnit === "unit1",
  ),
  atom(
    `(${PROJECT} && principal.details has profile && principal.details.profile == "profile1")`,
    ["principal.details"],
    (view) => isProject(view) && view.principal.profile === "profile1",
  ),
  atom(
    `(${PROJECT} && principal.details has category && principal.details.category == "ADMIN")`,
    ["principal.details"],
    (view) => isProject(view) && view.principal.category === "ADMIN",
  ),
  atom('context.requester.id == "user1"', ["requester.id"], (view) => view.requester.id === "user1"),
  atom('context.requester.details.kind == "SSO"', ["requester.details"], (view) => view.requester.kind === "SSO"),
  atom('context.requester.details.name == "maria"', ["requester.details"], (view) => view.requester.name === "maria"),
  atom('context.publisher.name == "Sales team"', ["publisher.name"], () => true),
  atom('context.environment == "dev"', [], () => true),
  atom("context.alreadySubscribed", [], (view) => view.alreadySubscribed),
  atom('context.now < datetime("2026-06-01")', [], () => true),
  atom('context.now < datetime("2026-01-01")', [], () => false),
  atom("context has product", [], (view) => view.product !== undefined),
  atom(
    '(context has product && context.product.terms.contains("PII"))',
    ["product.terms"],
    (view) => view.product?.terms.includes("PII") ?? false,
  ),
  atom(
    '(context has product && context.product.name == "360")',
    ["product.name"],
    (view) => view.product?.name === "360",
  ),
  atom('resource == DataZone::Asset::"a1"', [], (view) => view.resource.id === "a1"),
  atom('resource.name == "Sales"', ["resource.name"], (view) => view.resource.name === "Sales"),
  atom(
    'resource.type == "GlueTableAssetType"',
    ["resource.type"],
    (view) => view.resource.type === "GlueTableAssetType",
  ),
  atom(
    '(resource has governed && resource.name == "Sales")',
    ["resource.governed", "resource.name"],
    (view) => view.resource.name === "Sales",
  ),
  ...tagConditions("resource", "resource tag", (view) => view.resource.tags, "A.b"),
  ...tagConditions("resource", "resource tag", (view) => view.resource.tags, "C.d"),
  ...tagConditions("context.request", "request tag", (view) => view.answers, "P.q"),
];

const both = (left: Condition, right: Condition, text: string, holds: Condition["holds"]): Condition => ({
  text,
  refers: [...left.refers, ...right.refers],
  holds,
});

export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(setCondition, fc.constantFrom(...ATOMS)),
    tie("condition").map((one) => ({ ...one, text: `!(${one.text})`, holds: (view: View) => !one.holds(view) })),
    fc
      .tuple(tie("condition"), tie("condition"))
      .map(([a, b]) => both(a, b, `(${a.text} && ${b.text})`, (view) => a.holds(view) && b.holds(view))),
    fc
      .tuple(tie("condition"), tie("condition"))
      .map(([a, b]) => both(a, b, `(${a.text} || ${b.text})`, (view) => a.holds(view) || b.holds(view))),
    fc.tuple(tie("condition"), tie("condition"), tie("condition")).map(([a, b, c]) => ({
      text: `(if ${a.text} then ${b.text} else ${c.text})`,
      refers: [...a.refers, ...b.refers, ...c.refers],
      holds: (view: View) => (a.holds(view) ? b.holds(view) : c.holds(view)),
    })),
  ),
})).condition;

export interface RandomPolicy {
  readonly effect: "permit" | "forbid";
  readonly reject: boolean;
  readonly scope: readonly string[];
  readonly kind: "when" | "unless";
  readonly condition: Condition;
}

const policies: fc.Arbitrary<RandomPolicy> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      effect: fc.constant("permit" as const),
      reject: fc.constant(false),
      scope: fc.oneof(
        { weight: 8, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.subarray(["f1", "f3"], { minLength: 1 }) },
      ),
      kind: fc.constantFrom("when", "unless" as const),
      condition: conditions,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      effect: fc.constant("forbid" as const),
      reject: fc.boolean(),
      scope: fc.constant([]),
      kind: fc.constantFrom("when", "unless" as const),
      condition: conditions,
    }),
  },
);

export const sets: fc.Arbitrary<readonly RandomPolicy[]> = fc.array(policies, { minLength: 1, maxLength: 4 });

export const textsOf = (set: readonly RandomPolicy[]): Record<string, string> =>
  Object.fromEntries(
    set.map(({ effect, reject, scope, kind, condition }, index) => {
      const annotations = [
        `@id("p${index}")`,
        reject ? '@decision("reject")' : "",
        scope.length > 0 ? `@assetScope("${scope.join(",")}")` : "",
      ];
      return [
        `p${index}`,
        `${annotations.join(" ")} ${effect} (principal, action, resource) ${kind} { ${condition.text} };`,
      ];
    }),
  );
