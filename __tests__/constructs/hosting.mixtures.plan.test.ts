import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { object, snake } from "../../constructs/inputs";
import { module } from "../support/hosts";
import { succeed } from "../support/terraform";
import { ARN, declared, mixed, PROPS, type Props } from "./hosting-fixtures";
import { VERBS } from "./hosting-verbs";

const letters = fc.constantFrom("a", "b", "ab");
const thing = fc.option(fc.constant({ arn: ARN }), { nil: undefined });
const props: fc.Arbitrary<Props> = fc.record({
  name: letters,
  size: fc.nat(9),
  alias: fc.option(letters, { nil: undefined }),
  queue: thing,
  alarm: fc.option(fc.record({ hours: fc.nat(9), queue: thing }), { nil: undefined }),
  entries: fc.dictionary(letters, fc.record({ displayName: letters, owner: thing })),
  labels: fc.dictionary(letters, letters),
});

/** A value under Terraform's names. */
const named = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [snake(name), named(item)]))
    : value;

/** JSON text as what it says, nothing as null. */
const read = (value: unknown): unknown =>
  typeof value === "string" && value.startsWith("{") ? (JSON.parse(value) as unknown) : (value ?? null);

test("Terraform makes of any mixture of literals and variables what synth makes of literals", async () => {
  const samples = fc.sample(fc.record({ props, literals: fc.subarray(PROPS) }), { numRuns: 60, seed: 7 });
  const names = samples.map((_, i) => `s${i}`);
  const inputs = object(Object.fromEntries(names.map((name) => [name, declared])));
  const configuration = module<Readonly<Record<string, Props>>>("mixtures", inputs, (_stack, variables) =>
    Object.fromEntries(
      samples.flatMap(({ props: known, literals }, i) =>
        VERBS.map(([, , make], verb) => [`o${i}_${verb}`, make(mixed(literals, known, variables[names[i]!]!))]),
      ),
    ),
  ) as { readonly variable: Record<string, object>; readonly output: object };
  const variable = Object.entries(configuration.variable).map(([name, body], i) => {
    return [name, { ...body, default: named(samples[i]!.props) }];
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mixtures-"));
  try {
    const root = { variable: Object.fromEntries(variable), output: configuration.output };
    fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(root));
    await succeed(folder, "plan", "-out=plan");
    const planned = JSON.parse(await succeed(folder, "show", "-json", "plan")) as {
      readonly planned_values: { readonly outputs: Readonly<Record<string, { readonly value?: unknown }>> };
    };
    const { outputs } = planned.planned_values;
    const differences = samples.flatMap(({ props: known, literals }, i) =>
      VERBS.map(([verb, , make], at) => ({
        mixture: { verb, literals, known },
        terraform: read(outputs[`o${i}_${at}`]?.value),
        synth: read(make(known)),
      })).filter((found) => JSON.stringify(sorted(found.terraform)) !== JSON.stringify(sorted(found.synth))),
    );
    expect(differences).toEqual([]);
    expect(Object.keys(outputs).length).toBeGreaterThan(1000);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}, 60_000);

/** Maps in the order of their keys, as Terraform has them. */
const sorted = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
};
