export interface Page {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const MAXIMUM = 1_000;

/** One page of entries, by id; the token is the last one's id, so what is deleted meanwhile does no harm. */
export function page<T>(entries: Iterable<T>, id: (entry: T) => string, range: Page): { entries: T[]; next?: string } {
  const after = Buffer.from(range.NextToken ?? "", "base64url").toString();
  const rest = [...entries].filter((entry) => id(entry) > after).sort((a, b) => (id(a) < id(b) ? -1 : 1));
  const some = rest.slice(0, range.MaxResults || MAXIMUM);
  const last = some.at(-1);
  const isAll = last === undefined || some.length === rest.length;
  return { entries: some, ...(!isAll && { next: Buffer.from(id(last)).toString("base64url") }) };
}
