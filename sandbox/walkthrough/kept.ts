import * as fs from "node:fs";
import * as path from "node:path";
import type { Deployment } from "../deployment";
import { shellExports } from "../exports";
import type { Sandbox } from "../index";
import type { Catalog } from "./approvals";
import type { Report } from "./report";

const ROOT = path.resolve(__dirname, "../..");

/** What makes another shell talk to a deployment that is kept, and how to change it. */
export interface Kept {
  /** The file to source. */
  readonly file: string;
  /** Where cdktf synthesizes to; Terraform's state is beside it. */
  readonly output: string;
}

/** Writes the file that another shell sources: the sandbox, and the settings of environments/sandbox.ts that name what is in it. */
export function writeKept(sandbox: Sandbox, deployment: Deployment): Kept {
  const file = path.join(ROOT, ".sandbox", `${new URL(sandbox.endpoint).port}.sh`);
  fs.writeFileSync(file, shellExports({ ...sandbox.env, ...deployment.settings }));
  return { file, output: deployment.output };
}

/** Makes userB's grant on Product/ one to read: it stands behind her name, in the order of the file. */
const READ_ONLY = `perl -0pi -e 's/(userB:.*?Product.*?)READWRITE/$1READ/s' environments/sandbox.ts`;

/**
 * Says what can be done with it: commands as they are, to be pasted. In the order of the text each works by itself.
 *
 * @param catalog what the requests ask for
 */
export function sayKept(report: Report, { file, output }: Kept, sandbox: Sandbox, catalog: Catalog): void {
  const { domain, listings, projects } = catalog;
  const principals = JSON.stringify([{ project: { identifier: projects.marketing } }]);
  report.part("It keeps running until Ctrl-C");
  report.text(`In another shell, first:

cd ${quoted(ROOT)} && . ${quoted(file)}

1. Edit a policy: public data is harmless no more, so that requests for it wait for a person.

perl -pi -e 's/"Public"/"Open"/g' policies/prod/allowed-terms.cedar

2. Change a grant: userB only reads Product/.

${READ_ONLY}

3. Deploy again, in about half a minute.

npx cdktf deploy sandbox --auto-approve --output ${quoted(output)}

What came of it: a request for public data, which was approved before, and the grants.

aws datazone create-subscription-request --domain-identifier ${domain} --request-reason Trying \\
  --subscribed-listings identifier=${listings["store_locations"]} --subscribed-principals '${principals}'
aws datazone list-subscription-requests --domain-identifier ${domain} --output text \\
  --query 'items[].[subscribedListings[0].name, status, decisionComment]'
aws s3control list-access-grants --account-id ${sandbox.account} --output text \\
  --query 'AccessGrantsList[].[Grantee.GranteeIdentifier, Permission, GrantScope]'

And back: git checkout policies/prod environments/sandbox.ts, and 3 again. What everybody did: curl $AWS_ENDPOINT_URL/_sandbox/calls`);
}

const quoted = (text: string): string => (/^[\w/.+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
