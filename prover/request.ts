import type { Names, Universe } from "./names";
import type { Formula, Formulas, Text, Whole } from "./smt";
import type { Entity, Fields, KnownEntity, Value } from "./values";

/** A fact of a request, and whether it could be read. */
export interface Read<T> {
  readonly is: T;
  readonly known: Formula;
}

/** Something that may be there or not. */
export interface Maybe<T> {
  readonly is: T;
  readonly present: Formula;
}

interface Details {
  readonly profile: Maybe<Text>;
  readonly category: Maybe<Text>;
  readonly domainUnit: Maybe<Text>;
  readonly tags: Names;
}

interface Project {
  readonly id: Text;
  readonly name: Read<Text>;
  readonly details: Read<Details>;
}

export interface Asset {
  readonly present: Formula;
  readonly id: Text;
  readonly name: Read<Text>;
  readonly type: Read<Text>;
  readonly terms: Read<Names>;
  readonly columnTerms: Read<Names>;
  readonly governed: Read<Names>;
  readonly permissions: Read<Names>;
  readonly fields: ReadonlyMap<string, Read<Maybe<Text>>>;
}

/** The kinds of subscribers, by the number that stands for each. */
export const KINDS = ["Project", "User", "Group", "IamPrincipal"] as const;

/** The permissions that the service knows today. The prover considers others, too. */
export const PERMISSIONS = ["READ", "WRITE"];

/** Cedar's datetime has years of four digits. */
const [FIRST, LAST] = [Date.parse("0000-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];

/**
 * Any possible request: each fact that functions/approver/facts.ts knows of one is a variable. It is for one asset, or
 * for a data product with one or two assets: what a third asset could change, the second one can
 * (docs/decisions/0121-two-assets-stand-for-any-number.md).
 */
export class AnyRequest {
  readonly kind: Whole;
  readonly subscriber: Project;
  readonly publisher: Project;
  readonly requester: { readonly id: Read<Text>; readonly details: Read<{ readonly kind: Text; readonly name: Text }> };
  readonly product: Maybe<{ readonly id: Text; readonly name: Read<Text>; readonly terms: Read<Names> }>;
  readonly assets: readonly Asset[];
  readonly requestId: Text;
  readonly alreadySubscribed: Formula;
  readonly requestedFilters: Read<Names>;
  readonly answers: ReadonlyMap<string, Read<Maybe<Text>>>;
  readonly now: Whole;
  readonly environment: Text;
  /** The subscriber is the publishing project. */
  readonly own: Formula;

  /** @param tags names of the form fields and answers that policies ask about */
  constructor(
    private readonly f: Formulas,
    private readonly universe: Universe,
    tags: { readonly resource: ReadonlySet<string>; readonly request: ReadonlySet<string> },
  ) {
    PERMISSIONS.forEach((permission) => universe.register(f.text(permission)));
    this.kind = f.z3.Int.const("subscriber's kind");
    this.subscriber = this.project("subscriber");
    this.publisher = this.project("publisher");
    this.requester = {
      id: this.text("requester's id"),
      details: this.read("requester's details", {
        kind: f.textNamed("requester's kind"),
        name: f.textNamed("requester's name"),
      }),
    };
    this.product = this.maybe("product", {
      id: f.textNamed("product's id"),
      name: this.text("product's name"),
      terms: this.names("product's terms"),
    });
    this.assets = [f.yes, f.flag("second asset is there")].map((present, index) =>
      this.asset(`asset ${index + 1}`, present, tags.resource),
    );
    this.requestId = f.textNamed("request's id");
    this.alreadySubscribed = f.flag("already subscribed");
    this.requestedFilters = this.names("requested filters");
    this.answers = this.fields("answer", tags.request);
    this.now = f.z3.Int.const("now");
    this.environment = f.textNamed("environment");
    this.own = f.all(this.isOf("Project"), f.sameText(this.subscriber.id, this.publisher.id));
  }

  isOf(kind: (typeof KINDS)[number]): Formula {
    return this.kind.eq(KINDS.indexOf(kind)) as Formula;
  }

  /** The formulas that hold of every request. */
  axioms(): Formula[] {
    const { f, subscriber, publisher, assets } = this;
    const [first, second] = assets as [Asset, Asset];
    this.universe.identify(this.own, subscriber.details.is.tags, publisher.details.is.tags);
    return [
      f.all(this.kind.ge(0) as Formula, this.kind.lt(KINDS.length) as Formula),
      f.all(this.now.ge(FIRST) as Formula, this.now.le(LAST) as Formula),
      // An IAM principal is known by its ARN alone.
      f.implies(this.isOf("IamPrincipal"), f.sameText(subscriber.id, subscriber.name.is)),
      f.implies(second.present, f.all(this.product.present, f.not(f.sameText(first.id, second.id)))),
      f.implies(this.own, this.sameProject(subscriber, publisher)),
    ];
  }

  /** What a policy sees: principal, resource and context, of one of the assets. */
  seen(asset: Asset): { principal: Entity; publisher: Entity; resource: Entity; request: Entity; context: Value } {
    const principal = this.entity((type) => this.isOfType(type), this.subscriber.id, {
      fields: this.principalFields(),
      tags: new Map(),
    });
    const publisher = this.entityOf("Project", this.publisher.id, {
      fields: always(this.f, this.projectValues(this.publisher)),
      tags: new Map(),
    });
    const request = this.entityOf("Request", this.requestId, { fields: new Map(), tags: tagsOf(this.answers) });
    const resource = this.entityOf("Asset", asset.id, {
      fields: always(this.f, {
        name: text(asset.name.is),
        type: text(asset.type.is),
        terms: this.setOf(asset.terms),
        columnTerms: this.setOf(asset.columnTerms),
        governed: this.setOf(asset.governed),
      }),
      tags: tagsOf(asset.fields),
    });
    return { principal, publisher, resource, request, context: this.context(asset, publisher, request) };
  }

  private context(asset: Asset, publisher: Entity, request: Entity): Value {
    const { requester, product } = this;
    const entity = (is: Entity): Value => ({ kind: "entity", options: [{ when: this.f.yes, is }] });
    const details = { kind: text(requester.details.is.kind), name: text(requester.details.is.name) };
    const ofProduct = {
      id: text(product.is.id),
      name: text(product.is.name.is),
      terms: this.setOf(product.is.terms),
    };
    const fields = always(this.f, {
      environment: text(this.environment),
      publisher: entity(publisher),
      requester: record(this.f, { id: text(requester.id.is), details: record(this.f, details) }),
      now: { kind: "datetime", is: this.now },
      permissions: this.setOf(asset.permissions),
      requestedFilters: this.setOf(this.requestedFilters),
      alreadySubscribed: { kind: "boolean", is: this.alreadySubscribed },
      request: entity(request),
    });
    const optional = { present: product.present, value: record(this.f, ofProduct) };
    return { kind: "record", fields: new Map([...fields, ["product", optional]]) };
  }

  private principalFields(): Fields {
    const { name, details } = this.projectValues(this.subscriber);
    const isIam = this.isOf("IamPrincipal");
    return new Map([
      ["name", { present: this.f.not(isIam), value: name }],
      ["arn", { present: isIam, value: name }],
      ["details", { present: this.isOf("Project"), value: details }],
    ]);
  }

  private projectValues({ name, details }: Project): { readonly name: Value; readonly details: Value } {
    const { profile, category, domainUnit, tags } = details.is;
    const optional = Object.entries({ profile, category, domainUnit }).map(
      ([attribute, { present, is }]) => [attribute, { present, value: text(is) }] as const,
    );
    const fields = new Map([...optional, ["tags", { present: this.f.yes, value: this.set(tags) }] as const]);
    return { name: text(name.is), details: { kind: "record", fields } };
  }

  private sameProject(one: Project, other: Project): Formula {
    const { f } = this;
    const optional = (["profile", "category", "domainUnit"] as const).map((attribute) => {
      const [a, b] = [one.details.is[attribute], other.details.is[attribute]];
      return f.all(f.same(a.present, b.present), f.sameText(a.is, b.is));
    });
    return f.all(
      f.sameText(one.name.is, other.name.is),
      f.same(one.name.known, other.name.known),
      f.same(one.details.known, other.details.known),
      ...optional,
    );
  }

  private isOfType(type: string): Formula {
    const kind = KINDS.find((one) => `DataZone::${one}` === type);
    return kind ? this.isOf(kind) : this.f.no;
  }

  private entityOf(type: string, id: Text, known: KnownEntity): Entity {
    return this.entity((name) => (name === `DataZone::${type}` ? this.f.yes : this.f.no), id, known);
  }

  private entity(type: Entity["type"], id: Text, known: KnownEntity): Entity {
    return { type, id, known };
  }

  private setOf({ is }: Read<Names>): Value {
    return this.set(is);
  }

  private set(names: Names): Value {
    return { kind: "set", options: [{ when: this.f.yes, is: names }] };
  }

  private project(label: string): Project {
    const { f } = this;
    const attribute = (name: string) => this.maybe(`${label}'s ${name}`, f.textNamed(`${label}'s ${name}`));
    return {
      id: f.textNamed(`${label}'s id`),
      name: this.text(`${label}'s name`),
      details: this.read(`${label}'s details`, {
        profile: attribute("profile"),
        category: attribute("category"),
        domainUnit: attribute("domain unit"),
        tags: this.universe.names(`${label}'s tags`),
      }),
    };
  }

  private asset(label: string, present: Formula, tags: ReadonlySet<string>): Asset {
    return {
      present,
      id: this.f.textNamed(`${label}'s id`),
      name: this.text(`${label}'s name`),
      type: this.text(`${label}'s type`),
      terms: this.names(`${label}'s terms`),
      columnTerms: this.names(`${label}'s column terms`),
      governed: this.names(`${label}'s governed terms`),
      permissions: this.names(`${label}'s permissions`),
      fields: this.fields(`${label}'s field`, tags),
    };
  }

  private fields(label: string, names: ReadonlySet<string>): Map<string, Read<Maybe<Text>>> {
    return new Map(
      [...names].map((name) => {
        const field = `${label} ${name}`;
        return [name, this.read(field, this.maybe(field, this.f.textNamed(field)))];
      }),
    );
  }

  private text(label: string): Read<Text> {
    return this.read(label, this.f.textNamed(label));
  }

  private names(label: string): Read<Names> {
    return this.read(label, this.universe.names(label));
  }

  private read<T>(label: string, is: T): Read<T> {
    return { is, known: this.f.flag(`${label} is known`) };
  }

  private maybe<T>(label: string, is: T): Maybe<T> {
    return { is, present: this.f.flag(`${label} is there`) };
  }
}

const text = (is: Text): Value => ({ kind: "string", is });

const always = (f: Formulas, values: Readonly<Record<string, Value>>): Fields =>
  new Map(Object.entries(values).map(([name, value]) => [name, { present: f.yes, value }]));

const record = (f: Formulas, values: Readonly<Record<string, Value>>): Value => ({
  kind: "record",
  fields: always(f, values),
});

const tagsOf = (fields: ReadonlyMap<string, Read<Maybe<Text>>>): Fields =>
  new Map([...fields].map(([name, { is }]) => [name, { present: is.present, value: text(is.is) }]));
