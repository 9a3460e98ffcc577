import {
  CreateAssetRevisionCommand,
  type CreateAssetRevisionCommandInput,
  CreateListingChangeSetCommand,
  type DataZoneClient,
  type FormInput,
  type FormOutput,
  GetAssetCommand,
  type GetAssetCommandOutput,
  GetListingCommand,
} from "@aws-sdk/client-datazone";

type Client = Pick<DataZoneClient, "send">;

/** `on`: subscription requests need an approval. `off`: the service approves them itself. */
export type Switch = "on" | "off";

export interface Target {
  readonly domain: string;
  readonly asset: string;
}

/** Where DataZone keeps the switch: content of a metadata form. */
const FORM = { formName: "SubscriptionTermsForm", typeIdentifier: "amazon.datazone.SubscriptionTermsFormType" };

/** CreateAssetRevision takes no more. */
const MAXIMUM_FORMS = 10;

/** The latest revision of an asset. Without the form the service asks for approval. */
export async function readAsset(
  client: Client,
  { domain, asset: identifier }: Target,
): Promise<{ asset: GetAssetCommandOutput; approval: Switch }> {
  const asset = await client.send(new GetAssetCommand({ domainIdentifier: domain, identifier }));
  const approval: Switch = termsOf(asset.formsOutput)["approvalRequired"] === "NO" ? "off" : "on";
  return { asset, approval };
}

/**
 * Makes a revision of the asset with the switch set and everything else as it was, checks that nothing was lost, and publishes it.
 *
 * @throws an error where the asset is not published or has an unpublished draft: publishing would publish somebody's draft; and
 * where the new revision lost something, which is then not published
 */
export async function setApproval(
  client: Client,
  target: Target,
  wanted: Switch,
  dryRun: boolean,
  print: (line: string) => void,
): Promise<void> {
  const { asset, approval } = await readAsset(client, target);
  const label = `${asset.name} (${asset.id})`;
  if (approval === wanted) return print(`Approval is ${wanted} already for ${label}: nothing to do.`);
  await requireNoDraft(client, target, asset);

  const revision = revisionOf(target, asset, wanted);
  if (dryRun) {
    const forms = revision.formsInput!.map(({ formName }) => formName).join(", ");
    return print(
      `Would switch approval ${wanted} for ${label}: a new revision after ${asset.revision} with the forms ${forms}, then publish it.`,
    );
  }
  const made = await client.send(new CreateAssetRevisionCommand(revision));
  print(`Revision ${made.revision} of ${label} made, with approval ${wanted}.`);
  const publish =
    `aws datazone create-listing-change-set --domain-identifier ${target.domain} --entity-identifier ${target.asset} ` +
    `--entity-type ASSET --entity-revision ${made.revision} --action PUBLISH`;
  const lost = lostIn(asset, made);
  if (lost.length > 0) {
    throw new Error(
      `Revision ${made.revision} of ${label} has lost ${lost.join(", ")} and was not published. Put it right in the portal, then: ${publish}`,
    );
  }
  try {
    const { status, listingRevision } = await client.send(
      new CreateListingChangeSetCommand({
        domainIdentifier: target.domain,
        entityIdentifier: target.asset,
        entityType: "ASSET",
        entityRevision: made.revision,
        action: "PUBLISH",
      }),
    );
    print(`Published as listing revision ${listingRevision} (${status}).`);
  } catch (error) {
    throw new Error(
      `Revision ${made.revision} of ${label} was made but not published (${(error as Error).message}). Publish it with: ${publish}`,
      { cause: error },
    );
  }
}

async function requireNoDraft(client: Client, { domain }: Target, asset: GetAssetCommandOutput): Promise<void> {
  const refuse = (reason: string): never => {
    throw new Error(
      `${asset.name} (${asset.id}) ${reason}. Publish or discard the draft first: this command publishes what it makes.`,
    );
  };
  const { listingId, listingStatus } = asset.listing ?? {};
  if (!listingId) return refuse("is not published");
  if (listingStatus !== "ACTIVE") refuse(`has a listing that is ${listingStatus}, not ACTIVE`);
  const { item } = await client.send(new GetListingCommand({ domainIdentifier: domain, identifier: listingId }));
  const listed = item?.assetListing?.assetRevision;
  if (listed !== asset.revision)
    refuse(`has an unpublished draft: its latest revision is ${asset.revision}, ${listed} is listed`);
}

/** CreateAssetRevision deletes what it is not given, so everything is given again. Read-only forms are the service's own. */
function revisionOf(target: Target, asset: GetAssetCommandOutput, wanted: Switch): CreateAssetRevisionCommandInput {
  const others = (asset.formsOutput ?? []).filter(({ formName }) => formName !== FORM.formName);
  if (others.length >= MAXIMUM_FORMS) {
    throw new Error(
      `${asset.name} (${asset.id}) has ${others.length} metadata forms, and may have ${MAXIMUM_FORMS}: there is no room for ${FORM.formName}`,
    );
  }
  const before = asset.formsOutput?.find(({ formName }) => formName === FORM.formName);
  const content = JSON.stringify({ ...termsOf(asset.formsOutput), approvalRequired: wanted === "on" ? "YES" : "NO" });
  return {
    domainIdentifier: target.domain,
    identifier: target.asset,
    name: asset.name,
    description: asset.description,
    glossaryTerms: asset.glossaryTerms,
    typeRevision: asset.typeRevision,
    formsInput: [...others.map(inputOf), { ...FORM, ...(before && inputOf(before)), content }],
  };
}

const inputOf = ({ formName, typeName, typeRevision, content }: FormOutput): FormInput => ({
  formName,
  typeIdentifier: typeName,
  typeRevision,
  content,
});

function termsOf(forms: readonly FormOutput[] | undefined): Record<string, unknown> {
  const content = forms?.find(({ formName }) => formName === FORM.formName)?.content;
  return content ? JSON.parse(content) : {};
}

/** What the new revision lacks of the old one. */
function lostIn(
  before: GetAssetCommandOutput,
  after: Pick<
    GetAssetCommandOutput,
    "name" | "description" | "glossaryTerms" | "governedGlossaryTerms" | "formsOutput"
  >,
): string[] {
  const missing = (label: string, old: readonly string[] | undefined, now: readonly string[] | undefined): string[] =>
    (old ?? []).filter((item) => !now?.includes(item)).map((item) => `${label} ${item}`);
  const formNames = (forms: readonly FormOutput[] | undefined) => forms?.map(({ formName }) => formName ?? "");
  return [
    ...(before.name === after.name ? [] : ["its name"]),
    ...((before.description ?? "") === (after.description ?? "") ? [] : ["its description"]),
    ...missing("the glossary term", before.glossaryTerms, after.glossaryTerms),
    ...missing("the governed glossary term", before.governedGlossaryTerms, after.governedGlossaryTerms),
    ...missing("the form", formNames(before.formsOutput), formNames(after.formsOutput)),
  ];
}
