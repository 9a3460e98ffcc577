import { parseArgs } from "node:util";
import { DataZoneClient } from "@aws-sdk/client-datazone";
import { type Switch, readAsset, setApproval } from "./approval";
import { runCommand } from "./run";

const USAGE = `Switches "subscription approval required" of one published asset, and keeps everything else on it.

  npm run asset -- approval show --domain <id> --asset <id>
  npm run asset -- approval on  --domain <id> --asset <id> [--dry-run]
  npm run asset -- approval off --domain <id> --asset <id> [--dry-run]

  on       subscription requests for the asset need an approval
  off      the service approves them itself
  show     says which it is
  --dry-run  says what would be done

Uses the AWS credentials and Region of the environment. They need datazone:GetAsset, GetListing, CreateAssetRevision and
CreateListingChangeSet on the domain, and to be an owner or contributor of the project that owns the asset.`;

/**
 * The command `npm run asset`.
 *
 * @param print takes the output, line by line
 * @throws an error for the person where something is wrong
 */
export async function asset(
  args: string[],
  print: (line: string) => void,
  client: Pick<DataZoneClient, "send"> = new DataZoneClient({}),
): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      domain: { type: "string" },
      asset: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(USAGE);
  const [subject, verb, ...surplus] = positionals;
  const known = verb === "on" || verb === "off" || verb === "show";
  if (subject !== "approval" || !known || surplus.length > 0 || !values.domain || !values.asset) throw new Error(USAGE);

  const target = { domain: values.domain, asset: values.asset };
  if (verb === "show") {
    const { asset: found, approval } = await readAsset(client, target);
    return print(`Approval is ${approval} for ${found.name} (${found.id}, revision ${found.revision}).`);
  }
  await setApproval(client, target, verb satisfies Switch, values["dry-run"], print);
}

if (require.main === module) runCommand((args, print) => asset(args, print));
