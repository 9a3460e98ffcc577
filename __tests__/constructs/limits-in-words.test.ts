import type { AnyInput, Rule } from "../../constructs/inputs";
import { definitions, docsOf } from "../../constructs/publishing/definitions";
import type { Docs } from "../../constructs/publishing/docs";

// A limit is said in words twice: by a rule, whose message people get, and by a prop's comment, which is what they read before. The rule has
// to turn where it says, and the comment may say no other number than the rule.

/** Numbers of comments that are no limits of the prop's, and what they are. */
const NO_LIMITS: Readonly<Record<string, string>> = {
  "personas 100000":
    "a construct refuses more; a module leaves it to AWS, for Terraform takes minutes to look at as many",
  "queue 720": "what a queue of one's own has to have, which nobody can see at plan",
  "cloudFormation 403": "what DataZone answers",
};

/** Rules whose numbers turn in what several props say together, and the tests that hold them. */
const TOGETHER: Readonly<Record<string, string>> = {
  "<name>-<key>-location, its role, has at most 64 characters": "longest names, below; access-grants.test.ts",
  "<role prefix>-<key>-role, its role, has at most 64 characters": "longest names, below; studio-domain.test.ts",
  "at most 200 subscriptions with a filterPolicy": "limits.test.ts",
  "at most 150 combinations of values": "limits.test.ts",
  "from /16 to /28": "studio-network.test.ts",
  "1 to 2,000 characters, relative to the location's scope": "access-grants.test.ts",
};

interface Found {
  readonly path: string;
  readonly input: AnyInput;
  /** Its rules, and those between props that are about it. */
  readonly rules: readonly Rule<unknown>[];
  readonly text: string;
}

/** Every prop of every module, with what is said of it. */
async function found(): Promise<Found[]> {
  const walk = (path: string, input: AnyInput, docs: Docs): Found[] => {
    const fields = input.fields ?? input.of?.fields;
    if (!fields) return input.of?.of ? walk(path, input.of, docs) : [];
    const relations = (fields === input.fields ? input.rules : input.of?.rules) ?? [];
    return Object.entries(fields).flatMap(([name, field]) => {
      const about = relations.filter((rule) => (rule as { about?: string }).about === name);
      const { text = "", fields: inside = {} } = docs[name] ?? {};
      const rules = [...(field.rules ?? []), ...(field.of?.rules ?? []), ...about];
      return [{ path: `${path}.${name}`, input: field, rules, text }, ...walk(`${path}.${name}`, field, inside)];
    });
  };
  return (await definitions()).flatMap(({ name, inputs }) => walk(name, inputs, docsOf(name).props));
}

/** The numbers of a sentence, without those in names and examples. */
const numbers = (text: string): string[] =>
  [...text.replace(/`[^`]*`|"[^"]*"|\(.*?\)|e\.g\. \S+|SHA-256|IPv4/g, "").matchAll(/(?<![\w.:-])\d[\d,]*\b/g)].map(
    ([number]) => number.replaceAll(",", ""),
  );

test("a comment says no other number than the rules do", async () => {
  const others = (await found()).flatMap(({ path, rules, text }) => {
    const said = rules.flatMap(({ says }) => numbers(says));
    return numbers(text)
      .filter((number) => !said.includes(number))
      .map((number) => `${path.replace(/^[\w-]+\./, "")} ${number}`);
  });
  expect([...new Set(others)].sort()).toEqual(Object.keys(NO_LIMITS).sort());
});

/** Texts of a length, as rules want them. */
const texts = (length: number): string[] => ["a", "1"].map((letter) => letter.repeat(length));
const keys = (length: number): object[] => texts(length).map((key) => ({ [key]: {} }));
const values = (length: number): object[] => texts(length).map((value) => ({ example: value }));
const many = (count: number): unknown[] => [
  Array.from({ length: count }, (_, i) => `${i}`),
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, `${i}`])),
];

/** What a rule says it allows: the least and the most, and what has them. */
const SAYS: readonly [RegExp, (of: number) => readonly unknown[]][] = [
  [/whole number of \w+ from (\d+) to (\d+)/, (n) => [n]],
  [/(?:have keys of|keyed by .*:) (\d+) to (\d+) /, keys],
  [/have values of (at most) (\d+) /, values],
  [/(at most) ([\d,]+) bytes each/, values],
  [/(at most) (\d+) \w+/, many],
  [/(at least) (\d+) \w+/, many],
  [/dzd, then - or _, then (\d+) to (\d+) letters/, (n) => texts(n).map((text) => `dzd-${text}`)],
  [/have a subPrefix .*: (\d+) to ([\d,]+) characters/, (n) => texts(n).map((subPrefix) => ({ subPrefix }))],
  [/(\d+) to (\d+) (?:lower-case )?(?:letters|characters)/, texts],
  [/the ()(\d+) digits/, texts],
  [/must be ()(\d+) hexadecimal digits/, texts],
];

test("a rule turns where it says", async () => {
  const unsaid: string[] = [];
  const wrong: string[] = [];
  for (const { path, input, rules } of await found()) {
    for (const rule of rules) {
      const { says } = rule;
      if (numbers(says).length === 0 || "about" in rule || /must be one of/.test(says)) continue;
      if (Object.keys(TOGETHER).some((text) => says.includes(text))) continue;
      const [pattern, samples] = SAYS.find(([said]) => said.test(says)) ?? [];
      if (!pattern) {
        unsaid.push(`${path}: ${says}`);
        continue;
      }
      const [, first, second] = pattern.exec(says) as unknown as [string, string, string];
      const number = Number(second.replaceAll(",", ""));
      const [least, most] =
        first === "at least" ? [number, undefined] : [first === "at most" ? 0 : Number(first || number), number];
      const holds = (of: number): boolean =>
        samples!(of).some((sample) => {
          try {
            return rule.holds(sample);
          } catch {
            return false;
          }
        });
      const turns = [
        holds(least),
        least > 0 && holds(least - 1),
        most !== undefined ? holds(most) : true,
        most !== undefined && holds(most + 1),
      ];
      if (turns.join() !== "true,false,true,false") wrong.push(`${path} (${input.kind}): ${says}: ${turns.join()}`);
    }
  }
  expect({ unsaid, wrong }).toEqual({ unsaid: [], wrong: [] });
});
