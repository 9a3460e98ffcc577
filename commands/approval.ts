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

/** `on`: subscription requests need an approval. `off`: Amazon DataZone approves them itself. */
export type Switch = "on" | "off";

export interface Target {
  readonly domain: string;
  readonly asset: string;
}

/** The type of the metadata form whose content is the switch. Its name is whatever the author of the asset type chose. */
const FORM_TYPE = "amazon.datazone.SubscriptionTermsFormType";

/** The name for the form where an asset has none yet. */
const USUAL_NAME = "SubscriptionTermsForm";

/** Metadata forms that an asset can have (CreateAssetRevision). */
const MAXIMUM_FORMS = 10;

/** The latest revision of an asset. Without the form, or with several that disagree, the service may ask for approval. */
export async function readAsset(
  client: Client,
  { domain, asset: identifier }: Target,
): Promise<{ asset: GetAssetCommandOutput; approval: Switch }> {
  const asset = await client.send(new GetAssetCommand({ domainIdentifier: domain, identifier }));
  const forms = termsForms(asset);
  const isOff = forms.length > 0 && forms.every((form) => contentOf(form)["approvalRequired"] === "NO");
  return { asset, approval: isOff ? "off" : "on" };
}

/**
 * Creates a revision of the asset with the switch set and everything else as before, verifies that nothing was lost, and publishes it. Of
 * several forms with the switch, the revision keeps one.
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
  if (approval === wanted && termsForms(asset).length < 2)
    return print(`Approval is ${wanted} already for ${label}: nothing to do.`);
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
  const lost = lostIn(asset, made, revision.formsInput!);
  if (lost.length > 0) {
    throw new Error(
      `Revision ${made.revision} of ${label} has lost ${lost.join(", ")} and was not published. Repair it in the portal, then publish it with: ${publish}`,
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
      `${asset.name} (${asset.id}) ${reason}. Publish or discard the draft first, because this command would publish it.`,
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

/** The forms with the switch, the one to keep first: a name of the author's own goes before the usual one, which may be this command's. */
const termsForms = ({ formsOutput = [] }: GetAssetCommandOutput): FormOutput[] =>
  formsOutput
    .filter(({ typeName }) => typeName === FORM_TYPE)
    .sort((one, other) => Number(one.formName === USUAL_NAME) - Number(other.formName === USUAL_NAME));

/** CreateAssetRevision deletes what it is not given, so everything is given again. Read-only forms are the service's own. */
function revisionOf(target: Target, asset: GetAssetCommandOutput, wanted: Switch): CreateAssetRevisionCommandInput {
  const others = (asset.formsOutput ?? []).filter(({ typeName }) => typeName !== FORM_TYPE);
  const [kept] = termsForms(asset);
  const form = kept ? inputOf(kept) : { formName: USUAL_NAME, typeIdentifier: FORM_TYPE };
  const label = `${asset.name} (${asset.id})`;
  if (others.length >= MAXIMUM_FORMS) {
    throw new Error(
      `${label} has ${others.length} metadata forms, the maximum is ${MAXIMUM_FORMS}, and ${form.formName} would be one more: remove one in the portal first`,
    );
  }
  const taken = others.find(({ formName }) => formName === form.formName);
  if (taken) {
    throw new Error(
      `${label} has a form ${form.formName} of the type ${taken.typeName}: rename that form, or add one of the type ${FORM_TYPE} in the portal`,
    );
  }
  const content = { ...(kept && contentOf(kept)), approvalRequired: wanted === "on" ? "YES" : "NO" };
  return {
    domainIdentifier: target.domain,
    identifier: target.asset,
    name: asset.name,
    description: asset.description,
    glossaryTerms: asset.glossaryTerms,
    typeRevision: asset.typeRevision,
    formsInput: [...others.map(inputOf), { ...form, content: JSON.stringify(content) }],
  };
}

const inputOf = ({ formName, typeName, typeRevision, content }: FormOutput): FormInput => ({
  formName,
  typeIdentifier: typeName,
  typeRevision,
  content,
});

const contentOf = ({ content }: FormOutput): Record<string, unknown> => (content ? JSON.parse(content) : {});

/** What the old revision has and the new one lacks. */
function lostIn(
  before: GetAssetCommandOutput,
  after: Pick<
    GetAssetCommandOutput,
    "name" | "description" | "glossaryTerms" | "governedGlossaryTerms" | "formsOutput"
  >,
  given: readonly FormInput[],
): string[] {
  const missing = (label: string, old: readonly string[] | undefined, now: readonly string[] | undefined): string[] =>
    (old ?? []).filter((item) => !now?.includes(item)).map((item) => `${label} ${item}`);
  const formNames = (forms: readonly { formName: string | undefined }[] | undefined) =>
    forms?.map(({ formName }) => formName ?? "");
  return [
    ...(before.name === after.name ? [] : ["its name"]),
    ...((before.description ?? "") === (after.description ?? "") ? [] : ["its description"]),
    ...missing("the glossary term", before.glossaryTerms, after.glossaryTerms),
    ...missing("the governed glossary term", before.governedGlossaryTerms, after.governedGlossaryTerms),
    ...missing("the form", formNames(given), formNames(after.formsOutput)),
  ];
}
