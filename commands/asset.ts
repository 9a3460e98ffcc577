import { Argument, InvalidArgumentError } from "commander";
import { type Switch, type Target, readAsset, setApproval } from "./approval";
import { type MakeCommand, command, group } from "./program/command";

interface Options extends Target {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `asset`: settings of one asset of the catalog. */
export const asset: MakeCommand = (world) => group("asset", "settings of an asset of the catalog", [approval(world)]);

const approval: MakeCommand = ({ print, note, dataZone }) =>
  command({
    usage: "approval",
    summary:
      "show or set whether subscription requests for a published asset need an approval; nothing else on it changes",
    details: `show says which it is; on: requests need an approval; off: the service approves them itself.

Uses the AWS credentials and Region of the shell. They need datazone:GetAsset, GetListing, CreateAssetRevision and CreateListingChangeSet on the domain, and to be an owner or contributor of the project that owns the asset.`,
    examples: ["asset approval off --domain dzd_4rgxv6ns8t3knp --asset 5yw1mwl0k9d3sh --dry-run"],
  })
    .addArgument(new Argument("<show|on|off>", "what to do").choices(["show", "on", "off"]))
    .requiredOption("--domain <id>", "the DataZone domain: dzd_…, as the portal's URL has it", domainId)
    .requiredOption("--asset <id>", "the asset's id, not its name", assetId)
    .option("--dry-run", "only say what would be done")
    .action(async (verb: Switch | "show", { domain, asset, dryRun = false, json }: Options) => {
      const client = await dataZone();
      const tell = json ? note : print;
      if (verb !== "show") await setApproval(client, { domain, asset }, verb, dryRun, tell);
      if (verb !== "show" && !json) return;
      const { asset: found, approval } = await readAsset(client, { domain, asset });
      const { id, name, revision } = found;
      if (json) print(JSON.stringify({ id, name, revision, approval }, undefined, 2));
      else print(`Approval is ${approval} for ${name} (${id}, revision ${revision}).`);
    });

/** @throws where it is none */
export function domainId(id: string): string {
  if (/^dzd[-_][a-zA-Z0-9_-]{1,36}$/.test(id)) return id;
  throw new InvalidArgumentError("It is not the id of a DataZone domain: dzd_…, as the portal's URL has it.");
}

function assetId(id: string): string {
  if (/^[a-zA-Z0-9_-]{1,36}$/.test(id)) return id;
  throw new InvalidArgumentError("It is not the id of an asset: 1 to 36 letters, digits, _ and -, not its name.");
}
