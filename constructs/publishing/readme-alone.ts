import * as fs from "node:fs";
import * as path from "node:path";
import type { ModuleDefinition } from "./module";

// The parts of a module's README that a reader needs who has only that README, because they came by a git address.

const SCHEMA = path.resolve(__dirname, "../../policies/datazone.cedarschema");

/** The address of the modules in calls that readers paste. */
export const ADDRESS = "git::https://<host>/<owner>/<repository>.git//modules/";

export const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;

/** How a call names this module. */
export const addressed = ({ name }: ModuleDefinition): string =>
  `Put the host, owner and repository of this set of modules into \`source\`, and pin it: \`?ref=\` takes a release's tag or a commit. The whole
repository is fetched, so that a module finds the neighbours that it calls. An archive of a release works the same way:
\`https://<host>/terraform-aws-sagemaker-data-access-<version>.tar.gz//modules/${name}\`.`;

/** The permissions as a policy to attach to whoever applies. */
export function policyDocument(permissions: ModuleDefinition["readme"]["permissions"]): string {
  const Statement = permissions.map(({ actions }) => ({ Effect: "Allow", Action: actions, Resource: "*" }));
  return `To attach to the role that applies it; narrow \`Resource\` to names that begin with the module's \`name\` where the account holds more than this:

${fence("json", JSON.stringify({ Version: "2012-10-17", Statement }, null, 2))}`;
}

/** What lies beside a function's code. */
export const shipped = (bundle: string): string =>
  `\`${bundle}.zip\` is the function's code, bundled from this repository's \`functions/${bundle}\`: the same bytes for the same sources on any machine.
Beside it lie \`${bundle}.cdx.json\`, its CycloneDX bill of materials with the zip's SHA-256, for scanners, and \`${bundle}.notices.txt\`, the licenses of
what is in it.`;

/** Where policies come from, and how they are tried without the rest of the repository. */
export const policies = (): string =>
  `A policy is a file \`<id>.cedar\` in your root, whose \`@id\` is the file's name. The examples have sets to start from; \`policies/dev\` and \`policies/prod\` of
the repository are the same with more said about them.

${fence(
  "hcl",
  `policies = {
  for file in fileset("\${path.module}/policies", "*.cedar") :
  trimsuffix(file, ".cedar") => file("\${path.module}/policies/\${file}")
}`,
)}

To try a set before it is deployed:

- \`cedar validate --schema datazone.cedarschema --policies <file>\` (the [Cedar command line](https://docs.cedarpolicy.com)) type-checks a policy against the schema below;
- \`terraform plan\` shows each policy's text, and the apply fails, and changes nothing that is live, where the set is not valid;
- the program \`sagemaker-data-access\` (\`docs/program.md\` of the repository) reads a set from a plan, \`terraform show -json\`, and checks it, decides example requests by it,
  and proves properties of it;
- deployed, \`{"operation":"sweep","dryRun":true}\` says what would become of everything that is pending, and touches nothing.

What a policy may refer to, \`datazone.cedarschema\`:

<details><summary>the schema</summary>

${fence("cedar", fs.readFileSync(SCHEMA, "utf8"))}

</details>`;
