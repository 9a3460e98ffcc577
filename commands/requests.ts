import { z } from "zod";
import { judge } from "../functions/approver/consider";
import type { Decision } from "../functions/approver/decide";
import {
  type Fact,
  type Facts,
  type Fields,
  type Project,
  type Requester,
  known,
  unknown,
} from "../functions/approver/facts";
import type { PolicySet } from "../functions/approver/policies/set";
import { readJson } from "./program/files";
import { problemsIn, strictly } from "./program/issues";

/** A fact in a requests file: null is one that cannot be read. */
const fact = <T extends z.ZodType>(type: T) =>
  z
    .nullable(type)
    .transform((value): Fact<z.output<T>> => (value === null ? unknown("null in the requests file") : known(value)));

const NOT_GIVEN: Fact<never> = unknown("the requests file does not give it");
const text = z.string().min(1);
const names = fact(z.array(text)).prefault([]);
const fields = fact(z.record(z.string(), fact(z.string()))).prefault({});
const details = fact(
  strictly({
    profile: text.optional(),
    category: text.optional(),
    domainUnit: text.optional(),
    tags: z.array(text).default([]),
  }),
).default(NOT_GIVEN);
const project = { id: text, name: fact(text), details };

const asset = strictly({
  id: text,
  name: fact(text).prefault("unnamed"),
  type: fact(text).prefault("GlueTableAssetType"),
  terms: names,
  columnTerms: names,
  governed: names,
  fields,
  permissions: fact(z.array(z.enum(["READ", "WRITE"]))).prefault([]),
});

const outcome = z.enum(["approved", "rejected", "waiting"]);

const request = strictly({
  name: text,
  expect: z.union([outcome, z.record(text, outcome)]).optional(),
  subscriber: strictly({
    ...project,
    type: z.enum(["Project", "User", "Group", "IamPrincipal"]).default("Project"),
  }),
  publisher: strictly(project),
  assets: z.array(asset).min(1),
  product: strictly({ id: text, name: fact(text), terms: names }).optional(),
  requester: strictly({ id: text, kind: z.enum(["SSO", "IAM"]), name: text }).optional(),
  alreadySubscribed: z.boolean().default(false),
  requestedFilters: names,
  answers: fields,
  now: z.iso
    .datetime({ offset: true })
    .transform((instant) => new Date(instant))
    .optional(),
}).refine(({ assets, product }) => assets.length === 1 || product !== undefined, {
  path: ["product"],
  message: "more than one asset needs the data product that they are asked for in",
});

const file = strictly({ requests: z.array(request).min(1) });

export interface NamedRequest {
  readonly name: string;
  readonly facts: Facts;
  /** What should become of it, in every environment or by their names. */
  readonly expect?: Decision["outcome"] | Readonly<Record<string, Decision["outcome"]>>;
}

/**
 * Reads a requests file; docs/policies.md explains the format.
 *
 * @throws an error that names every value that is wrong
 */
export function readRequests(path: string): NamedRequest[] {
  const json = readJson(path, "a requests file: docs/policies.md, as examples/requests/ten.json is one");
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const problems = problemsIn(parsed.error, json).map((problem) => `  ${problem}`);
    throw new Error(`${path} is not a requests file:\n${problems.join("\n")}`);
  }
  return parsed.data.requests.map(({ name, expect, requester, now = new Date(), ...facts }, index) => ({
    name,
    expect,
    facts: { ...facts, now, requester: requesterOf(requester), requestId: `request-${index + 1}` },
  }));
}

const requesterOf = (given: { id: string; kind: string; name: string } | undefined): Requester =>
  given
    ? { id: known(given.id), details: known({ kind: given.kind, name: given.name }) }
    : { id: NOT_GIVEN, details: NOT_GIVEN };

/** What the approver would decide. */
export const decideRequest = (set: PolicySet, facts: Facts, environment: string): Decision =>
  judge(set, facts, environment).decision;

/** A request as a requests file has it; readRequests reads the same facts. Lists and fields that are empty are left out. */
export function requestOf(
  facts: Facts,
  given: { readonly name: string; readonly expect?: NamedRequest["expect"] },
): object {
  const { subscriber, publisher, requester, product, assets, now } = facts;
  const plain = <T>(fact: Fact<T>): T | null => ("value" in fact ? fact.value : null);
  const names = (fact: Fact<readonly string[]>) =>
    "value" in fact && fact.value.length === 0 ? undefined : plain(fact);
  const fields = (fact: Fact<Fields>) => {
    if ("unknown" in fact) return null;
    const all = Object.entries(fact.value).map(([name, field]) => [name, plain(field)] as const);
    return all.length > 0 ? Object.fromEntries(all) : undefined;
  };
  const project = ({ id, name, details }: Project) => ({
    id,
    name: plain(name),
    details: "value" in details ? details.value : undefined,
  });
  const isRead = "value" in requester.id && "value" in requester.details;
  return {
    ...given,
    subscriber: { type: subscriber.type, ...project(subscriber) },
    publisher: project(publisher),
    requester: isRead ? { id: plain(requester.id), ...plain(requester.details) } : undefined,
    assets: assets.map(({ id, name, type, terms, columnTerms, governed, permissions, fields: forms }) => ({
      id,
      name: plain(name),
      type: plain(type),
      terms: names(terms),
      columnTerms: names(columnTerms),
      governed: names(governed),
      permissions: names(permissions),
      fields: fields(forms),
    })),
    product: product && { id: product.id, name: plain(product.name), terms: names(product.terms) },
    alreadySubscribed: facts.alreadySubscribed || undefined,
    requestedFilters: names(facts.requestedFilters),
    answers: fields(facts.answers),
    now: now.toISOString(),
  };
}
