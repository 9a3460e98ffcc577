import { isKnown, type Relation, rule } from "../inputs";

interface Policies {
  readonly policies: Readonly<Record<string, string>>;
}

/** A string of Cedar, or a comment: neither is looked into. */
const STRING = String.raw`"(?:\\.|[^"\\])*"`;
const COMMENT = String.raw`//[^\n]*`;
const BLANKS = String.raw`[ \t\r\n]+`;

/** Replaces every match in a text: by JavaScript (`of`), and by Terraform's RE2 (`hcl`). */
const without = (pattern: string, by: string) => ({
  of: (text: string): string => text.replace(new RegExp(pattern, "g"), by),
  hcl: (text: string): string => `replace(${text}, ${JSON.stringify(`/${pattern}/`)}, ${JSON.stringify(by)})`,
});
const bare = without(`(${STRING})|${COMMENT}|${BLANKS}`, "$1");
const plain = without(`${STRING}|${COMMENT}`, "");

const EFFECT = String.raw`\b(?:permit|forbid)[ \t\r\n]*[(]`;
const BRACKETS = [
  ["[(]", "[)]"],
  ["[{]", "[}]"],
  [String.raw`\[`, String.raw`\]`],
] as const;
const count = (text: string, pattern: string): number => [...text.matchAll(new RegExp(pattern, "g"))].length;
const counted = (pattern: string): string => `length(regexall(${JSON.stringify(pattern)}, text))`;

/** A policy's `@id` is its key. */
const idIsKey = eachPolicy({
  says: "each policy must have its key as its id",
  problem: (key) => `must have @id(${JSON.stringify(key)}), its key, as its id`,
  holds: (text, key) => bare.of(text).includes(`@id("${key}")`),
  wrong: (policies) =>
    `[for key, text in ${policies} : key if !strcontains(${bare.hcl("text")}, "@id(\\"\${key}\\")")]`,
  broken: '@id("another") permit (principal, action, resource);',
});

/** A policy has one effect, closed brackets, and a semicolon at its end. */
const isWhole = eachPolicy({
  says: "each must be one policy, permit (…) or forbid (…), with all of its brackets closed and a ; at its end",
  problem: () => "must be one policy, permit (…) or forbid (…), with all of its brackets closed and a ; at its end",
  holds: (text) => {
    const own = plain.of(text);
    const closed = BRACKETS.every(([open, close]) => count(own, open) === count(own, close));
    return own.trim().endsWith(";") && count(own, EFFECT) === 1 && closed;
  },
  wrong: (policies) => {
    const right = [
      `endswith(trimspace(text), ";")`,
      `${counted(EFFECT)} == 1`,
      ...BRACKETS.map(([open, close]) => `${counted(open)} == ${counted(close)}`),
    ];
    return `[for key, text in {for id, policy in ${policies} : id => ${plain.hcl("policy")}} : key if !(${right.join(" && ")})]`;
  },
  broken: '@id("example") permit (principal, action, resource)',
});

/**
 * The rules on policies that a plan can check without Cedar, long before the function's check. They find most slips of the keyboard. Every
 * policy that Cedar accepts keeps them, except one whose id is written with escapes.
 */
export const policyRelations = [idIsKey, isWhole] as const;

function eachPolicy(each: {
  readonly says: string;
  readonly problem: (key: string) => string;
  readonly holds: (text: string, key: string) => boolean;
  readonly wrong: (policies: string) => string;
  readonly broken: string;
}): Relation<Policies> {
  return rule.relation({
    about: "policies",
    says: each.says,
    problems: ({ policies }) =>
      isKnown(policies)
        ? Object.entries(policies)
            .filter(([key, text]) => isKnown(text) && !each.holds(text, key))
            .map(([key]) => `policies.${key}: ${each.problem(key)}`)
        : [],
    wrong: (props) => each.wrong(`${props}.policies`),
    broken: { policies: { example: each.broken } },
  });
}
