import type { Asset, Fact, Facts, Fields, Project } from "./facts";
import { IN_LISTING } from "./facts";
import type { CedarValueJson, EntityJson, EntityUidJson } from "./policies/cedar";
import type { References } from "./policies/references";

/**
 * Turns facts into values for Cedar. An unknown fact becomes a placeholder, and a doubt if any policy refers to it. Of the fields of metadata
 * forms only those that policies name become values, because there can be very many.
 */
export class Doubts {
  readonly found: string[];
  /** Attributes of the asset (including "tags") that are unknown until the listing is read. */
  readonly unread: string[] = [];

  constructor(
    private readonly references: References,
    before?: Doubts,
  ) {
    this.found = [...(before?.found ?? [])];
  }

  value<T>(owner: Parameters<References["has"]>[0], name: string, fact: Fact<T>, placeholder: T): T {
    if ("value" in fact) return fact.value;
    if (this.references.has(owner, name)) this.note(`${owner}.${name}`, name, fact);
    return placeholder;
  }

  tags(owner: "resource" | "request", fields: Fact<Fields>): Record<string, string> {
    const named = [...this.references.tags(owner)];
    if ("unknown" in fields) {
      if (named.length > 0) this.note(`${owner}.tags`, "tags", fields);
      return {};
    }
    const tags = named.flatMap((name) => {
      const field = Object.hasOwn(fields.value, name) ? fields.value[name]! : undefined;
      if (field && "unknown" in field) this.note(`${owner} tag "${name}"`, "tags", field);
      return field && "value" in field ? [[name, field.value] as const] : [];
    });
    return Object.fromEntries(tags);
  }

  /** The requested filters. They narrow what is granted, so policies that do not look at them cannot decide a request with filters. */
  filters(requested: Fact<readonly string[]>): string[] {
    if ("unknown" in requested) this.note("context.requestedFilters", "requestedFilters", requested);
    else if (requested.value.length > 0 && !this.references.has("context", "requestedFilters")) {
      const asked = requested.value.join(", ");
      this.found.push(
        `the request asks for the row and column filters ${asked}, but no policy refers to context.requestedFilters`,
      );
    }
    return "value" in requested ? [...requested.value] : [];
  }

  private note(what: string, attribute: string, fact: { readonly unknown: string }): void {
    if (fact === IN_LISTING) this.unread.push(attribute);
    else this.found.push(`${what} is unknown: ${fact.unknown}`);
  }
}

const uid = (type: string, id: string): { type: string; id: string } => ({ type: `DataZone::${type}`, id });

export const ACTION = uid("Action", "Subscribe");

const entity = (id: EntityUidJson, attrs: EntityJson["attrs"], tags: Record<string, string> = {}): EntityJson => ({
  uid: id,
  attrs,
  parents: [],
  tags,
});

/** The part of a question to Cedar that is the same for all assets of a request. */
export interface Common {
  readonly principal: { type: string; id: string };
  readonly entities: readonly EntityJson[];
  readonly context: Record<string, CedarValueJson>;
}

export function commonOf(facts: Facts, environment: string, doubts: Doubts): Common {
  const { product, requester } = facts;
  // A project that subscribes to its own data is one entity, with the details that are known of it in either role.
  const own = facts.subscriber.type === "Project" && facts.subscriber.id === facts.publisher.id;
  const subscriber = own ? { ...facts.subscriber, ...merged(facts.subscriber, facts.publisher) } : facts.subscriber;
  const publisher = own ? subscriber : facts.publisher;
  const principal = uid(subscriber.type, subscriber.id);
  const publishing = uid("Project", publisher.id);
  const request = uid("Request", facts.requestId);

  const project = (owner: "principal" | "publisher", { name, details }: Project) => ({
    name: doubts.value(owner, "name", name, ""),
    details: present(doubts.value(owner, "details", details, { tags: [] })),
  });
  const attributes = {
    Project: () => project("principal", subscriber),
    User: () => ({ name: doubts.value("principal", "name", subscriber.name, "") }),
    Group: () => ({ name: doubts.value("principal", "name", subscriber.name, "") }),
    IamPrincipal: () => ({ arn: doubts.value("principal", "arn", subscriber.name, "") }),
  }[subscriber.type]();
  const published = project("publisher", publisher);
  return {
    principal,
    entities: [
      entity(principal, attributes),
      ...(own ? [] : [entity(publishing, published)]),
      entity(request, {}, doubts.tags("request", facts.answers)),
    ],
    context: present({
      environment,
      publisher: { __entity: publishing },
      requester: {
        id: doubts.value("requester", "id", requester.id, ""),
        details: { ...doubts.value("requester", "details", requester.details, { kind: "", name: "" }) },
      },
      requestedFilters: doubts.filters(facts.requestedFilters),
      now: { __extn: { fn: "datetime", arg: facts.now.toISOString() } },
      alreadySubscribed: facts.alreadySubscribed,
      product: product && {
        id: product.id,
        name: doubts.value("product", "name", product.name, ""),
        terms: [...doubts.value("product", "terms", product.terms, [])],
      },
      request: { __entity: request },
    }),
  };
}

/** The asset as Cedar's resource. */
export const assetEntityOf = (asset: Asset, doubts: Doubts): { uid: { type: string; id: string } } & EntityJson => ({
  ...entity(uid("Asset", asset.id), {
    name: doubts.value("resource", "name", asset.name, ""),
    type: doubts.value("resource", "type", asset.type, ""),
    terms: [...doubts.value("resource", "terms", asset.terms, [])],
    columnTerms: [...doubts.value("resource", "columnTerms", asset.columnTerms, [])],
    governed: [...doubts.value("resource", "governed", asset.governed, [])],
  }),
  uid: uid("Asset", asset.id),
  tags: doubts.tags("resource", asset.fields),
});

const merged = (one: Project, other: Project): Pick<Project, "name" | "details"> => ({
  name: "value" in one.name ? one.name : other.name,
  details: "value" in one.details ? one.details : other.details,
});

/** A record without properties that are undefined, which Cedar would take for null. */
function present(record: object): Record<string, CedarValueJson> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
