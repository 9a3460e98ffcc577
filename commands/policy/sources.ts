import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "../../constructs/inputs/nearest";
import { validateSet } from "../../functions/approver/policies/validate";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { NotUnderstood } from "../program/exit";
import { environmentNames, environmentSet } from "./environments";
import { type Module, type Resource, readTerraform } from "./terraform";

/** A policy set to look at. */
export interface Source {
  /** As the person wrote it. */
  readonly name: string;
  /** The policies' texts by their ids; they are valid. */
  readonly texts: Readonly<Record<string, string>>;
  /** What policies take for their environment, where the source says it. */
  readonly environment?: string;
  /** Where the policies are files. */
  readonly folder?: string;
}

/** What a person may give for a policy set, for help texts. */
export const SET_HELP = `A set is one of
  - a folder of policies, <id>.cedar each: policies/prod
  - a plan or a state as JSON: terraform show -json <plan file> > plan.json
    (where it has several approvers: plan.json#module.sales)
  - the name of an environment, environments/<name>.ts, of the folder that the program runs in`;

/**
 * Finds a policy set.
 *
 * @param given a folder, a file of `terraform show -json`, or the name of an environment
 * @throws Error where there is none, or what is wrong with it
 */
export async function readSource(given: string): Promise<Source> {
  const [file = "", approver] = given.split("#");
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) {
      const inside = setsIn(file);
      if (hasPolicies(file) || inside.length === 0) return { name: given, texts: loadPolicySet(file), folder: file };
      throw new NotUnderstood(`${given} is a folder of policy sets, not one: give ${inside.join(" or ")}`);
    }
    if (file.endsWith(".cedar"))
      throw new NotUnderstood(`${file} is one policy, and a set is the folder that it is in: give ${dirname(file)}`);
    return { name: given, ...deployedSet(given, readTerraform(file), approver) };
  }
  const set = await environmentSet(given);
  if (set) return { name: given, texts: loadPolicySet(set), folder: set, environment: given };
  throw new NotUnderstood(
    `Which policy set is ${given}? There is no such file or folder, and no environment of that name.${meant(given)}\n\n${SET_HELP}`,
  );
}

const hasPolicies = (folder: string): boolean => readdirSync(folder).some((file) => file.endsWith(".cedar"));

/** The folders with policies in a folder. */
const setsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .filter(hasPolicies);

/** Of the sets that there are by convention the one that may be meant, by the last part of its name. */
function meant(given: string): string {
  const sets = existsSync("policies") ? setsIn("policies") : [];
  const all = new Map([...environmentNames(), ...sets].map((set) => [basename(set), set]));
  const found = nearest(basename(given), all.keys());
  return found === undefined ? "" : ` Did you mean ${all.get(found)}?`;
}

/**
 * What `context.environment` is taken to be: what the person says, or the source, or the name of its folder.
 *
 * @throws Error where nothing says it: the first plan of a function does not
 */
export function environmentOf({ environment, folder, name }: Source, said?: string): string {
  const found = said ?? environment ?? (folder === undefined ? undefined : basename(resolve(folder)));
  if (found === undefined)
    throw new NotUnderstood(`${name} does not say yet what the environment is: give --environment`);
  return found;
}

/** The parameters that hold policies (constructs/approver/policy-set.ts). */
const isPolicy = ({ type, values }: Resource): boolean =>
  type === "aws_ssm_parameter" && values["description"] === "Approval policy (Cedar)";

function deployedSet(given: string, modules: readonly Module[], approver?: string): Omit<Source, "name"> {
  const all = modules.filter(({ resources }) => resources.some(isPolicy));
  const found = all.filter(({ address = "root" }) => approver === undefined || address === approver);
  const [module] = found;
  if (!module) {
    const there = all.map(({ address = "root" }) => address).join(", ") || "none";
    throw new NotUnderstood(`${given} has no such approver with policies in it: there is ${there}`);
  }
  if (found.length > 1) {
    const names = found.map(({ address = "root" }) => `${given}#${address}`).join(", ");
    throw new NotUnderstood(`${given} has several approvers: give one of ${names}`);
  }
  const texts = Object.fromEntries(module.resources.filter(isPolicy).map(policyIn));
  const findings = validateSet(texts);
  if (findings.length > 0) {
    const lines = findings.map(({ policy, line, column, reason }) => `${policy}:${line}:${column}: ${reason}`);
    throw new Error(`The policy set in ${given} is not valid:\n${lines.join("\n")}`);
  }
  const variables = module.resources
    .filter(({ type }) => type === "aws_lambda_function")
    .map(
      ({ values }) => (values["environment"] as { variables?: Record<string, string> }[] | undefined)?.[0]?.variables,
    );
  return { texts, environment: variables.find((one) => one?.["APPROVER_NAME"])?.["ENVIRONMENT"] };
}

/** In a module the key of the map is the id, in an environment it is a part of the address. */
function policyIn({ address, index, values }: Resource): [id: string, text: string] {
  const text = values["insecure_value"];
  if (typeof text !== "string") throw new Error(`${address}: the policy is known only after the apply`);
  return [typeof index === "string" ? index : (/@id\("([^"]*)"\)/.exec(text)?.[1] ?? address), text];
}

/** The folder of files that belong to a set's policies: `policies/prod/properties`. */
export const beside = ({ folder }: Source, name: string): string | undefined => {
  const path = folder === undefined ? undefined : join(folder, name);
  return path !== undefined && existsSync(path) ? path : undefined;
};
