import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Decision, decide } from "../functions/approver/decide";
import { evaluate } from "../functions/approver/evaluate";
import { type Fact, type Facts, known, unknown } from "../functions/approver/facts";
import type { PolicySet } from "../functions/approver/policies/set";

/** A fact in a requests file: null is one that cannot be read. */
const fact = <T extends z.ZodType>(type: T) =>
  z
    .nullable(type)
    .transform((value): Fact<z.output<T>> => (value === null ? unknown("null in the requests file") : known(value)));

const NOT_GIVEN: Fact<never> = unknown("the requests file does not give it");
const text = z.string().min(1);
const names = fact(z.array(text)).prefault([]);
const fields = fact(z.record(z.string(), z.string())).prefault({});
const details = fact(
  z.strictObject({
    profile: text.optional(),
    category: text.optional(),
    domainUnit: text.optional(),
    tags: z.array(text).default([]),
  }),
).default(NOT_GIVEN);
const project = { id: text, name: fact(text), details };

const asset = z.strictObject({
  id: text,
  name: fact(text).prefault("unnamed"),
  type: fact(text).prefault("amazon.datazone.GlueTableAssetType"),
  terms: names,
  columnTerms: names,
  governed: names,
  fields,
  permissions: fact(z.array(z.enum(["READ", "WRITE"]))).prefault([]),
});

const request = z
  .strictObject({
    name: text,
    subscriber: z.strictObject({
      ...project,
      type: z.enum(["Project", "User", "Group", "IamPrincipal"]).default("Project"),
    }),
    publisher: z.strictObject(project),
    assets: z.array(asset).min(1),
    product: z.strictObject({ id: text, name: fact(text), terms: names }).optional(),
    alreadySubscribed: z.boolean().default(false),
    answers: fields,
  })
  .refine(({ assets, product }) => assets.length === 1 || product !== undefined, {
    path: ["product"],
    message: "more than one asset needs the data product that they are asked for in",
  });

const file = z.strictObject({ requests: z.array(request).min(1) });

export interface NamedRequest {
  readonly name: string;
  readonly facts: Facts;
}

/**
 * Reads a requests file; docs/policies.md explains the format.
 *
 * @throws an error that names every value that is wrong
 */
export function readRequests(path: string): NamedRequest[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "the file"}: ${issue.message}`);
    throw new Error(`${path} is not a requests file:\n${issues.join("\n")}`);
  }
  return parsed.data.requests.map(({ name, ...facts }, index) => ({
    name,
    facts: { ...facts, requestId: `request-${index + 1}` },
  }));
}

/** What the approver would decide. */
export const decideRequest = (set: PolicySet, facts: Facts, environment: string): Decision =>
  decide(set, evaluate(set, facts, environment), facts.product !== undefined);
