import type { Expr, PolicyJson } from "../../functions/approver/policies/cedar";
import * as cedar from "../../functions/approver/policies/cedar";

/** A policy set with one thing changed. */
export interface Mutant {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Every set that is one change away: what a slip of the hand, or a bad review, would let through. */
export function mutantsOf(texts: Readonly<Record<string, string>>): Mutant[] {
  return Object.entries(texts).flatMap(([id, text]) => {
    const parsed = cedar.policyToJson(text);
    if (parsed.type === "failure") throw new Error(id);
    const others = without(texts, id);
    const removed = Object.keys(others).length > 0 ? [{ name: `${id} removed`, texts: others }] : [];
    const changed = changesOf(parsed.json).map(([name, policy]) => {
      const written = cedar.policyToText(policy);
      if (written.type === "failure") throw new Error(name);
      return { name: `${id}: ${name}`, texts: { ...others, [id]: written.text } };
    });
    return [...removed, ...changed];
  });
}

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

type Change<T> = readonly [name: string, changed: T];

function changesOf(policy: PolicyJson): Change<PolicyJson>[] {
  const { effect, annotations, conditions } = policy;
  const annotated = (name: string, value: string | undefined): PolicyJson => {
    const others = without(annotations ?? {}, name);
    return { ...policy, annotations: value === undefined ? others : { ...others, [name]: value } };
  };
  const reject: Change<PolicyJson>[] =
    annotations?.["decision"] === undefined
      ? [["rejects", annotated("decision", "reject")]]
      : [["no longer rejects", annotated("decision", undefined)]];
  const scopes = (["principal", "resource"] as const)
    .filter((name) => policy[name].op !== "All")
    .map((name): Change<PolicyJson> => [`any ${name}`, { ...policy, [name]: { op: "All" } }]);
  const narrowed: Change<PolicyJson> = [
    "only users",
    { ...policy, principal: { op: "is", entity_type: "DataZone::User" } },
  ];
  return [
    [
      effect === "permit" ? "forbids" : "permits",
      { ...annotated("decision", undefined), effect: effect === "permit" ? "forbid" : "permit" },
    ],
    ...(effect === "forbid" ? reject : [["only some rows", annotated("assetScope", "f1")] as const]),
    ...scopes,
    narrowed,
    ...conditions.flatMap((condition, index): Change<PolicyJson>[] => {
      const replaced = (changed: typeof condition): PolicyJson => ({
        ...policy,
        conditions: conditions.with(index, changed),
      });
      return [
        ["a condition less", { ...policy, conditions: conditions.toSpliced(index, 1) }],
        ["when and unless swapped", replaced({ ...condition, kind: condition.kind === "when" ? "unless" : "when" })],
        ...changesIn(condition.body).map(([name, body]): Change<PolicyJson> => [
          name,
          replaced({ ...condition, body }),
        ]),
      ];
    }),
  ];
}

const SWAPS: Readonly<Record<string, readonly string[]>> = {
  "&&": ["||"],
  "||": ["&&"],
  "==": ["!="],
  "!=": ["=="],
  contains: [],
  containsAll: ["containsAny"],
  containsAny: ["containsAll"],
};

/** What an expression can become by one change, anywhere in it. */
function changesIn(expression: Expr): Change<Expr>[] {
  const [[operator, operand]] = Object.entries(expression) as unknown as [[string, Record<string, Expr>]];
  if (operator === "Value") return changesOfLiteral(expression as { Value: unknown });
  if (operator === "Var") return [];
  if (operator === "Set") {
    const elements = operand as unknown as Expr[];
    const fewer = elements.map((_, index): Change<Expr> => ["an element less", { Set: elements.toSpliced(index, 1) }]);
    return [
      ...fewer,
      ["an element more", { Set: [...elements, { Value: "PII" }] }],
      ...inParts(elements, (Set) => ({ Set }) as Expr),
    ];
  }
  const swapped = (SWAPS[operator] ?? []).map((other): Change<Expr> => [
    `${operator} > ${other}`,
    { [other]: operand } as unknown as Expr,
  ]);
  const turned: Change<Expr>[] = operator.startsWith("contains")
    ? [
        [
          `${operator} turned round`,
          { [operator]: { left: operand["right"], right: operand["left"] } } as unknown as Expr,
        ],
      ]
    : [];
  const sides: Change<Expr>[] =
    operator === "&&" || operator === "||"
      ? [
          [`only the left of ${operator}`, operand["left"]!],
          [`only the right of ${operator}`, operand["right"]!],
        ]
      : [];
  const branches: Change<Expr>[] =
    operator === "if-then-else"
      ? [
          [
            "branches swapped",
            { [operator]: { if: operand["if"], then: operand["else"], else: operand["then"] } } as unknown as Expr,
          ],
          ["never the first", operand["else"]!],
        ]
      : [];
  const attribute: Change<Expr>[] =
    operator === "."
      ? OTHERS.filter((name) => name !== (operand["attr"] as unknown)).map((attr): Change<Expr> => [
          `.${String(operand["attr"])} > .${attr}`,
          { ".": { ...operand, attr } } as unknown as Expr,
        ])
      : [];
  const negated: Change<Expr>[] = BOOLEAN.includes(operator) ? [["negated", { "!": { arg: expression } } as Expr]] : [];
  return [...swapped, ...turned, ...sides, ...branches, ...attribute, ...negated, ...inFields(operator, operand)];
}

/** Attributes that are sets of names: any could be written for another. */
const OTHERS = ["terms", "columnTerms", "governed"];
const BOOLEAN = [
  "&&",
  "||",
  "==",
  "!=",
  "contains",
  "containsAll",
  "containsAny",
  "is",
  "has",
  "if-then-else",
  "isEmpty",
];

const changesOfLiteral = ({ Value }: { Value: unknown }): Change<Expr>[] => {
  if (typeof Value === "boolean") return [[`${Value} > ${!Value}`, { Value: !Value }]];
  if (typeof Value !== "string") return [];
  const changed = [
    ["in small letters", Value.toLowerCase()],
    ["with a blank", `${Value} `],
  ] as const;
  return changed.filter(([, other]) => other !== Value).map(([how, other]) => [`"${Value}" ${how}`, { Value: other }]);
};

const inParts = (parts: readonly Expr[], make: (parts: Expr[]) => Expr): Change<Expr>[] =>
  parts.flatMap((part, index) =>
    changesIn(part).map(([name, changed]): Change<Expr> => [name, make(parts.with(index, changed))]),
  );

const inFields = (operator: string, operand: Readonly<Record<string, Expr>>): Change<Expr>[] =>
  Object.entries(operand)
    .filter(([, field]) => typeof field === "object" && field !== null && !Array.isArray(field))
    .flatMap(([name, field]) =>
      changesIn(field).map(([what, changed]): Change<Expr> => [
        what,
        { [operator]: { ...operand, [name]: changed } } as unknown as Expr,
      ]),
    );
