import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Decision } from "../functions/approver/decide";
import { adviseSet } from "../functions/approver/policies/advice";
import { digestOf } from "../functions/approver/policies/digest";
import { loadPolicySet } from "../functions/approver/policies/files";
import { parseSet } from "../functions/approver/policies/set";
import { decideRequest, readRequests } from "./requests";
import { runCommand } from "./run";

const USAGE = `Says what approval policies would do, without deploying anything.

  npm run policy -- test <requests.json> (--environment <name> | --set <folder>)... [--json]
  npm run policy -- check (--environment <name> | --set <folder>)...

  test   what would happen to each request of the file, and which policies decide it (format: docs/policies.md,
         example: examples/requests/ten.json)
  check  parses and type-checks the policies, prints the set's digest, and warns of what is valid and seldom meant
  --environment  the policy set of environments/<name>.ts; context.environment is <name>
  --set          the policy set in a folder; context.environment is the folder's name
  Both can be repeated, to compare.`;

/** A policy set to look at, and what the policies are to take for their environment. */
interface Candidate {
  readonly environment: string;
  readonly folder: string;
}

/** The folder of the set that an environment deploys. */
async function folderOf(environment: string): Promise<string> {
  const { environmentFile } = await import("../environments/definition");
  const { policySetFolder } = await import("../environments/definition/environment");
  const approval = environmentFile(environment).subscriptionApproval;
  if (!approval) throw new Error(`The environment ${environment} has no subscriptionApproval, so no policies`);
  return policySetFolder(approval.policies);
}

/** One line: what happens, by which policies, why. */
const describe = ({ outcome, policies, why, assetScope }: Decision): string =>
  [
    outcome,
    policies.length > 0 ? `by ${policies.join(", ")}` : "",
    assetScope.length > 0 ? `with the asset filters ${assetScope.join(", ")}` : "",
    why.length > 0 && policies.length === 0 ? `because ${why.join("; ")}` : "",
  ]
    .filter(Boolean)
    .join(" ");

/**
 * The command `npm run policy`.
 *
 * @param print takes the output, line by line
 * @throws an error for the person where something is wrong
 */
export async function policy(args: string[], print: (line: string) => void): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      environment: { type: "string", multiple: true, default: [] },
      set: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [command, requestsFile, ...surplus] = positionals;
  if (values.help) return print(USAGE);

  const candidates: Candidate[] = [
    ...(await Promise.all(
      values.environment.map(async (name) => ({ environment: name, folder: await folderOf(name) })),
    )),
    ...values.set.map((folder) => ({ environment: basename(folder), folder })),
  ];
  if (candidates.length === 0) throw new Error(`Which policy set? Give --environment or --set.\n\n${USAGE}`);

  if (command === "check" && requestsFile === undefined) {
    for (const { environment, folder } of candidates) {
      const texts = loadPolicySet(folder);
      print(`${environment}: ${Object.keys(texts).length} policies in ${folder}, valid, digest ${digestOf(texts)}`);
      for (const { policy, line, column, reason } of adviseSet(texts)) {
        print(`  warning: ${join(folder, `${policy}.cedar`)}:${line}:${column}: ${reason}`);
      }
    }
  } else if (command === "test" && requestsFile !== undefined && surplus.length === 0) {
    test(requestsFile, candidates, values.json, print);
  } else {
    throw new Error(`What is to be done? Give test and a requests file, or check alone.\n\n${USAGE}`);
  }
}

function test(
  requestsFile: string,
  candidates: readonly Candidate[],
  json: boolean,
  print: (line: string) => void,
): void {
  const sets = candidates.map(({ environment, folder }) => ({ environment, set: parseSet(loadPolicySet(folder)) }));
  const width = Math.max(...sets.map(({ environment }) => environment.length));
  const results = readRequests(requestsFile).map(({ name, facts }) => ({
    request: name,
    decisions: sets.map(({ environment, set }) => ({ environment, ...decideRequest(set, facts, environment) })),
  }));
  if (json) return print(JSON.stringify(results, undefined, 2));
  for (const { request, decisions } of results) {
    print(request);
    for (const decision of decisions) print(`  ${decision.environment.padEnd(width)}  ${describe(decision)}`);
  }
}

if (require.main === module) runCommand(policy);
