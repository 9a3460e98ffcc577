import { parseArgs } from "node:util";
import { DataZoneClient } from "@aws-sdk/client-datazone";
import { type Switch, type Target, readAsset, setApproval } from "./approval";
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
  client?: Pick<DataZoneClient, "send">,
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
  if (subject !== "approval" || !known || surplus.length > 0) {
    throw new Error(`What is to be done? Give approval show, on or off.\n\n${USAGE}`);
  }
  const target = targetOf(values);
  const caller = client ?? (await connect());
  if (verb === "show") {
    const { asset: found, approval } = await readAsset(caller, target);
    return print(`Approval is ${approval} for ${found.name} (${found.id}, revision ${found.revision}).`);
  }
  await setApproval(caller, target, verb satisfies Switch, values["dry-run"], print);
}

function targetOf({ domain = "", asset = "" }: { domain?: string; asset?: string }): Target {
  if (!domain || !asset) throw new Error(`Which asset? Give --domain and --asset.\n\n${USAGE}`);
  if (!/^dzd[-_][a-zA-Z0-9_-]{1,36}$/.test(domain)) {
    throw new Error(`--domain ${domain} is not the id of a DataZone domain: dzd_…, as the portal's URL has it`);
  }
  if (!/^[a-zA-Z0-9_-]{1,36}$/.test(asset)) {
    throw new Error(`--asset ${asset} is not the id of an asset: 1 to 36 letters, digits, _ and -, not its name`);
  }
  return { domain, asset };
}

async function connect(): Promise<DataZoneClient> {
  const client = new DataZoneClient({});
  await client.config.region().catch(() => {
    throw new Error("Which Region? Set AWS_REGION, or a profile that has one with AWS_PROFILE.");
  });
  return client;
}

if (require.main === module) runCommand((args, print) => asset(args, print));
