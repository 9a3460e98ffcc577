import { z } from "zod";
import type { Resource } from "../policy/terraform";
import { nameOf } from "./ids";
import type { Own, Permission, Persona } from "./model";

const several = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const document = z.object({
  Statement: z.preprocess(
    (one) => (Array.isArray(one) ? one : [one]),
    z.array(
      z.object({
        Effect: z.string(),
        Action: several.default([]),
        Resource: several.default([]),
        Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
      }),
    ),
  ),
});

/** What only S3 Access Grants can use: a location's role has it for what is granted. */
const BY_GRANTS = "s3:AccessGrantsInstanceArn";

/** What roles reach by policies of their own that are in a plan or a state: their scratch folders, the data set loader's prefixes. */
export function ownReach(
  resources: readonly Resource[],
  personas: readonly Persona[],
): { readonly known: readonly Own[]; readonly unknown: readonly string[] } {
  const of = (type: string): Resource[] => resources.filter((one) => one.type === type);
  const policies = of("aws_iam_role_policy");
  const users = new Map<string, string>();
  for (const { values } of of("aws_lambda_function"))
    users.set(nameOf(String(values["role"])), `function ${String(values["function_name"])}`);
  for (const { id, name } of personas) if (id?.startsWith("arn:")) users.set(nameOf(id), name);
  const known = policies.flatMap(({ values }) => {
    const role = String(values["role"]);
    return typeof values["policy"] === "string"
      ? reach(values["policy"]).map((one) => ({
          ...one,
          who: users.get(role) ?? `role ${role}`,
          by: `policy ${String(values["name"])} of role ${role}`,
        }))
      : [];
  });
  const late = policies.filter(({ values }) => typeof values["policy"] !== "string");
  const attached = of("aws_iam_role_policy_attachment")
    .filter(({ values }) => users.has(String(values["role"])))
    .map(({ values }) => `what ${String(values["policy_arn"])} lets the role ${String(values["role"])} do`);
  const withOwn = personas.filter(
    ({ id }) =>
      id !== undefined && id.includes(":role/") && !policies.some(({ values }) => values["role"] === nameOf(id)),
  );
  return {
    known,
    unknown: [
      ...(late.length > 0
        ? [
            `what the policies of ${late.length} ${late.length === 1 ? "role" : "roles"} will allow, among them a profile's scratch folder and the data set loader's prefixes: known after the apply`,
          ]
        : []),
      ...attached,
      ...[...new Set(withOwn.map(({ id }) => id!))].map(
        (id) => `what the role ${id} may do by policies of its own, which are not in it`,
      ),
    ],
  };
}

/** What a policy lets a role do with objects, a permission a scope. */
function reach(policy: string): Pick<Own, "permission" | "scope">[] {
  const { Statement } = document.parse(JSON.parse(policy));
  const byScope = new Map<string, Set<"READ" | "WRITE">>();
  for (const { Effect, Action, Resource, Condition } of Statement) {
    const keys = Object.values(Condition).flatMap((test) => Object.keys(test));
    if (Effect !== "Allow" || keys.includes(BY_GRANTS)) continue;
    const may = [
      ...(allows(Action, "s3:GetObject") ? (["READ"] as const) : []),
      ...(allows(Action, "s3:PutObject") || allows(Action, "s3:DeleteObject") ? (["WRITE"] as const) : []),
    ];
    for (const scope of Resource.flatMap(scopeOf)) {
      may.forEach((one) => byScope.set(scope, (byScope.get(scope) ?? new Set()).add(one)));
    }
  }
  return [...byScope].map(([scope, may]) => ({
    scope,
    permission: (may.size > 1 ? "READWRITE" : [...may][0]!) as Permission,
  }));
}

/** Whether one of a statement's actions, in which `*` and `?` are wildcards, is the one that is asked about. */
const allows = (actions: readonly string[], asked: string): boolean =>
  actions.some((action) => {
    const pattern = action
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${pattern}$`, "i").test(asked);
  });

/** Objects as a grant would name them: up to the first wildcard or variable, which can stand for anything. */
function scopeOf(resource: string): string[] {
  if (resource === "*") return ["s3://*"];
  const objects = /^arn:[^:]*:s3:[^:]*:[^:]*:(.*)$/s.exec(resource)?.[1];
  if (objects === undefined || !/[/*]/.test(objects)) return [];
  const wildcard = objects.search(/[*?]|\$\{/);
  return [`s3://${wildcard < 0 ? objects : `${objects.slice(0, wildcard)}*`}`];
}
