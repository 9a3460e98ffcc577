import * as fs from "node:fs";
import * as path from "node:path";
import { accessGrantsProps } from "../../constructs/access-grants/props";
import { type AnyInput, relationsOf } from "../../constructs/inputs";
import { definitions } from "../../constructs/publishing/definitions";
import { studioAccessProps } from "../../constructs/studio-access/props";

const ROOT = path.resolve(__dirname, "../..");

/** Rules of constructs that modules cannot have, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "access-grants openedPrefixes must be one of warn, refuse":
    "says what synth does where grants open others' prefixes: in HCL every grant would be compared with every other",
  "studio-access openedPrefixes must be one of warn, refuse": "passed on to access-grants",
};

/** Files that refuse what no rule says, and why. */
const BESIDE_RULES: Readonly<Record<string, string>> = {
  "access-grants/compare.ts":
    "the same rules on references as Terraform will see them, which a validation sees resolved; opened prefixes, as above; " +
    "and 100,000 grants: Terraform takes more than ten minutes to look at as many",
  "hosting/ensure.ts": "a rule on a value that is known where a resource needs it",
  "inputs/resolve.ts": "the rules",
};

interface Found {
  readonly prop: string;
  readonly says: string;
}

/** Every rule of an input and of what is inside it. */
const rulesOf = (prop: string, input: AnyInput): Found[] => [
  ...(input.rules ?? []).map(({ says }) => ({ prop, says })),
  ...(input.of ? rulesOf(prop, input.of) : []),
  ...Object.entries(input.fields ?? {}).flatMap(([name, field]) => rulesOf(prop === "" ? name : prop, field)),
];

/** Props are in camel case, variables in snake case. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The published validations of a module, by variable: what their messages say. */
function validations(module: string): ReadonlyMap<string, readonly string[]> {
  const text = fs.readFileSync(path.join(ROOT, "modules", module, "variables.tf"), "utf8");
  return new Map(
    text
      .split(/^variable "/m)
      .slice(1)
      .map((block) => {
        const messages = block.split(/^ {2}validation \{$/m).slice(1);
        return [plain(block.split('"')[0]!), messages.map((message) => plain(message.split("error_message")[1]!))];
      }),
  );
}

test("every rule of a construct is a validation of its module, or it is said why not", async () => {
  const constructs = { "access-grants": accessGrantsProps, "studio-access": studioAccessProps };
  const modules = (await definitions()).map(({ name, inputs }) => [name, inputs] as const);
  const missing = [...modules, ...Object.entries(constructs)].flatMap(([name, inputs]) => {
    const published = validations(name);
    const has = ({ prop, says }: Found): boolean => {
      const messages = prop === "" ? [...published.values()].flat() : (published.get(plain(prop)) ?? []);
      return messages.some((message) => message.includes(plain(says)));
    };
    return rulesOf("", inputs)
      .filter((rule) => !has(rule))
      .map(({ prop, says }) => `${name} ${prop} ${says}`);
  });
  expect(missing.sort()).toEqual(Object.keys(EXCEPTIONS).sort());
});

test("nothing is refused but by rules, or it is said why", () => {
  const constructs = path.join(ROOT, "constructs");
  const refusing = fs
    .readdirSync(constructs, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => /\brefuse\(/.test(fs.readFileSync(path.join(constructs, file), "utf8")));
  expect(refusing.sort()).toEqual(Object.keys(BESIDE_RULES).sort());
});

/** Rules between props that are about no entries: about props as a whole, or how many there are. */
const OF_NO_ENTRY = [
  "access-grants crossAccount",
  "project-membership memberPools",
  "project-membership members",
  "studio-access existingBucket",
  "studio-access existingLocation",
];

/** The rules between props of an input and of what is inside it. */
const betweenProps = (input: AnyInput): ReturnType<typeof relationsOf> => [
  ...relationsOf(input),
  ...(input.of ? betweenProps(input.of) : []),
  ...Object.values(input.fields ?? {}).flatMap(betweenProps),
];

test("a rule between props names the entries that break it, where it is about entries", async () => {
  const nameless = (await definitions()).flatMap(({ name, inputs }) =>
    betweenProps(inputs).flatMap(({ about, wrong }) => (wrong ? [] : [`${name} ${about}`])),
  );
  expect([...new Set(nameless)].sort()).toEqual(OF_NO_ENTRY);
});
