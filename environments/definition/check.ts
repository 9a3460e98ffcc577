import { checkProps, type Refusal } from "../../constructs/inputs";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { contradictions } from "./compare";
import {
  type Environment,
  type EnvironmentFile,
  environmentInputs,
  policySetFolder,
  type Settings,
} from "./environment";
import { authored } from "./refusals";

/** An environment and its problems, each of which begins with the prop as its author wrote it. */
export interface Checked {
  readonly environment: Environment;
  readonly problems: readonly string[];
}

/** Checks the values of an environment's file, each by itself and against one another, and reads its policies. */
export function checkEnvironment(name: string, file: EnvironmentFile): Checked {
  const { value, problems } = checkProps(environmentInputs, file);
  const set = readPolicies(value, problems);
  const named = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name)
    ? []
    : [": must have a file name of 1 to 64 letters, digits, _ and -, which stacks and policies know it by"];
  return {
    environment: {
      ...value,
      name,
      studioAccess: file.studioAccess,
      subscriptionApproval: file.subscriptionApproval && {
        ...file.subscriptionApproval,
        environment: name,
        policies: set.policies,
      },
    },
    problems: [...named, ...problems, ...set.problems, ...contradictions(name, value, problems)],
  };
}

const POLICIES = "subscriptionApproval.policies";

function readPolicies(
  { subscriptionApproval }: Settings,
  problems: readonly string[],
): { readonly policies: Readonly<Record<string, string>>; readonly problems: readonly string[] } {
  if (!subscriptionApproval || problems.some((problem) => about(problem, POLICIES)))
    return { policies: {}, problems: [] };
  try {
    return { policies: loadPolicySet(policySetFolder(subscriptionApproval.policies)), problems: [] };
  } catch (error) {
    return { policies: {}, problems: (error as Error).message.split("\n").map((line) => `${POLICIES}: ${line}`) };
  }
}

/** The constructs' problems that are not known yet: a part checks again what its composition has checked. */
export function furtherProblems(refusals: readonly Refusal[], known: readonly string[]): string[] {
  const rules = known.map(ruleOf);
  const isKnown = (problem: string): boolean =>
    rules.includes(ruleOf(problem)) ||
    known.some((other) => about(problem, propOf(other)) || about(other, propOf(problem)));
  return [...new Set(refusals.flatMap(authored))].filter((problem) => !isKnown(problem));
}

/** Whether a problem is one of a prop, or of something inside it. */
export const about = (problem: string, prop: string): boolean =>
  problem.startsWith(prop) && /^[.:]/.test(problem.slice(prop.length));

export const propOf = (problem: string): string => problem.slice(0, problem.indexOf(": "));
const ruleOf = (problem: string): string => problem.slice(propOf(problem).length);
