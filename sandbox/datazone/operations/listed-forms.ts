import type { ListingShapes } from "../behaviour";
import type { Context } from "../context";
import { type ColumnTermShape, type ListingStyle, listingForms } from "../listing-forms";
import { type AssetRevision, type Domain, type Listing, type ProductRevision, latest } from "../store";
import { contentOf } from "./assets";
import { isSystemType } from "./vocabulary";

/** The forms of what is listed, as JSON text. */
export function formsJson(
  context: Context,
  shapes: ListingShapes,
  domain: Domain,
  listing: Listing,
  entity: AssetRevision | ProductRevision,
): string {
  const style = shapes === "measured" ? measured(context.behaviour.columnTerms) : PLAIN;
  const serviceForms = style.hasMore && "readOnlyFormsOutput" in entity ? entity.readOnlyFormsOutput : [];
  const { glossaryTerms: termIds = [] } = entity;
  const content = {
    forms: contentOf([...entity.formsOutput, ...serviceForms]),
    fields: whereOnAws(context, domain, listing),
    // The service lists some twice.
    termIds: [...termIds, ...termIds.slice(0, 1)],
    attached: [...domain.products.values()]
      .filter((product) => latest(product).items.some(({ identifier }) => identifier === listing.entityId))
      .map(({ id }) => id),
    subscriberCount: [...domain.subscriptions.values()].filter(
      ({ status, subscribedListing: { id } }) => status === "APPROVED" && id === listing.id,
    ).length,
  };
  return JSON.stringify(listingForms(content, style, (id) => domain.terms.get(id)?.name));
}

const PLAIN: ListingStyle = { form: () => "object", columnTerm: () => "id", hasMore: false };

function measured(columnTerms: ColumnTermShape | "mixed"): ListingStyle {
  let turn = 0;
  return {
    form: () => "text",
    columnTerm: () => (columnTerms === "mixed" ? TURNS[turn++ % TURNS.length]! : columnTerms),
    hasMore: true,
  };
}

const TURNS: readonly ColumnTermShape[] = ["id", "name", "nested"];

function whereOnAws({ region, account }: Context, domain: Domain, { entityId }: Listing): Record<string, string> {
  const type = domain.assets.get(entityId)?.typeIdentifier;
  if (type === undefined || !isSystemType(type)) return {};
  return { "AwsConfigurationForm.region": region, "AwsConfigurationForm.accountId": account };
}
