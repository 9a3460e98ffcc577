import { type ServiceModel, shapeOf } from "../datazone/model";
import { page, type PageRequest } from "../datazone/pages";
import { SageMakerError } from "./errors";

export type Fields = Readonly<Record<string, unknown>>;

/** A thing that SageMaker keeps: what was asked for, and what the service said of it. */
export interface Item {
  readonly arn: string;
  fields: Fields;
  readonly tags: Map<string, string>;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * Everything of one kind, by what names it. Names are the same in any case: ARNs have them in lower case, and clients take them from
 * there; what was made keeps the one that it was made with.
 */
export class Records {
  private readonly items = new Map<string, Item>();

  constructor(
    readonly kind: string,
    private readonly names: readonly string[],
    private readonly now: () => Date,
  ) {}

  private keyOf(fields: Fields): string {
    return this.names.map((name) => String(fields[name] ?? "").toLowerCase()).join("/");
  }

  all(filter: Fields = {}): Item[] {
    return [...this.items.values()].filter(({ fields }) =>
      Object.entries(filter).every(([name, value]) => value === undefined || fields[name] === value),
    );
  }

  find(fields: Fields): Item | undefined {
    return this.items.get(this.keyOf(fields));
  }

  /** @throws SageMakerError ResourceNotFound */
  get(fields: Fields): Item {
    const item = this.find(fields);
    if (item === undefined)
      throw new SageMakerError("ResourceNotFound", `${this.kind} [${this.keyOf(fields)}] does not exist.`);
    return item;
  }

  /** @throws SageMakerError ResourceInUse where it exists */
  create(arn: string, { Tags, ...fields }: Fields): Item {
    const key = this.keyOf(fields);
    if (this.items.has(key)) throw new SageMakerError("ResourceInUse", `${this.kind} [${key}] already exists.`);
    const time = this.now();
    const item: Item = {
      arn,
      fields: { ...fields, CreationTime: time, LastModifiedTime: time },
      tags: new Map(((Tags ?? []) as readonly Tag[]).map(({ Key, Value }) => [Key, Value])),
    };
    this.items.set(key, item);
    return item;
  }

  update(item: Item, fields: Fields): void {
    const kept = this.names.filter((name) => item.fields[name] !== undefined).map((name) => [name, item.fields[name]]);
    item.fields = { ...item.fields, ...fields, ...Object.fromEntries(kept), LastModifiedTime: this.now() };
  }

  delete(item: Item): void {
    this.items.delete(this.keyOf(item.fields));
  }
}

/** The members of a shape that a thing has, as JSON carries them: times as seconds. */
export function picked(model: ServiceModel, shapeName: string, fields: Fields): Record<string, unknown> {
  const members = Object.keys(shapeOf(model, shapeName).members ?? {});
  return Object.fromEntries(
    members
      .filter((name) => fields[name] !== undefined)
      .map((name) => {
        const value = fields[name];
        return [name, value instanceof Date ? Math.floor(value.getTime() / 1_000) : value];
      }),
  );
}

/** One page of a listing, oldest first or as asked. */
export function listed(
  model: ServiceModel,
  shapeName: string,
  items: readonly Item[],
  request: Fields,
): { entries: Record<string, unknown>[]; NextToken?: string } {
  const range: PageRequest = {
    maxResults: (request["MaxResults"] as number | undefined) ?? 10,
    nextToken: request["NextToken"] as string | undefined,
  };
  const order = request["SortOrder"] === "Descending" ? "DESCENDING" : "ASCENDING";
  const key = ({ arn, fields }: Item) => `${(fields["CreationTime"] as Date).toISOString()} ${arn}`;
  const { items: some, nextToken } = page(items, key, range, order);
  return {
    entries: some.map(({ fields }) => picked(model, shapeName, fields)),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}
