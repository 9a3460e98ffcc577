import {
  choose,
  compute,
  either,
  equal,
  filled,
  given,
  hcl,
  json,
  keep,
  lookup,
  map,
  merge,
  values,
} from "../../constructs/hosting";
import type { Props } from "./hosting-fixtures";

const keys = (entries: Readonly<Record<string, object | string>>): string[] =>
  values(map(entries, (_entry, key) => key));

/** Verbs, the props that decide what comes of each, and a value that is a text, a number, or a list or map of texts. */
type Verb = [name: string, deciding: ReadonlyArray<keyof Props>, make: (props: Props) => unknown];

export const VERBS: readonly Verb[] = [
  ["keep by another", ["labels"], (p: Props): unknown => keys(keep(p.entries, filled(p.labels)))],
  ["keep by what is not given", ["queue"], (p: Props): unknown => keys(keep(p.entries, given(p.queue).not))],
  ["keep by each", ["entries"], (p: Props): unknown => keys(keep(p.entries, ({ owner }) => given(owner)))],
  [
    "keep by a text of each",
    ["entries"],
    (p: Props): unknown => keys(keep(p.entries, ({ displayName }) => equal(displayName, "a"))),
  ],
  ["keep by a given one", ["queue"], (p: Props): unknown => keys(keep({ own: p.queue! }, (queue) => given(queue)))],
  [
    "keep by two given ones",
    ["queue", "alarm"],
    (p: Props): unknown => keys(keep({ a: p.queue!, b: p.alarm! }, (one) => given(one))),
  ],
  [
    "keep by two that are not given",
    ["queue", "alarm"],
    (p: Props): unknown => keys(keep({ a: p.queue!, b: p.alarm! }, (one) => given(one).not)),
  ],
  ["choose", ["alarm", "size"], (p: Props): unknown => choose(given(p.alarm).not, p.size, 0)],
  [
    "choose by two",
    ["labels", "entries"],
    (p: Props): unknown => choose(filled(p.labels).and(filled(p.entries)), "a", "b"),
  ],
  [
    "choose by not both",
    ["labels", "queue"],
    (p: Props): unknown => choose(filled(p.labels).and(given(p.queue)).not, "a", "b"),
  ],
  [
    "choose an inner object",
    ["alarm"],
    (p: Props): unknown => choose(given(choose(given(p.alarm), ({ queue }) => queue)), "a", "b"),
  ],
  ["choose a field", ["alarm"], (p: Props): unknown => choose(given(p.alarm), ({ hours }) => hours, 0)],
  ["either", ["alias", "name"], (p: Props): unknown => either(p.alias, p.name)],
  [
    "map",
    ["entries", "name"],
    (p: Props): unknown => map(p.entries, ({ displayName }, key) => `${key}${displayName}${p.name}`),
  ],
  ["map a list", ["labels"], (p: Props): unknown => map(values(p.labels), (label) => `${label}!`)],
  ["lookup", ["name"], (p: Props): unknown => lookup({ a: "1", b: "2", ab: "3" }, p.name)],
  ["merge", ["labels", "name"], (p: Props): unknown => merge({ Name: p.name }, p.labels)],
  ["values", ["entries"], (p: Props): unknown => values(p.entries, "displayName")],
  ["json", ["labels", "name"], (p: Props): unknown => json({ labels: p.labels, name: p.name })],
  [
    "compute",
    ["name"],
    (p: Props): unknown =>
      compute(
        p.name,
        (name) => name.toUpperCase(),
        (name) => hcl`upper(${name})`,
      ),
  ],
];
