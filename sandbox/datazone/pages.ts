import { invalid } from "./errors";

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * One page of a list. `key` orders the items and is unique, so that items added or removed between two calls shift no
 * page.
 */
export function page<T>(
  items: Iterable<T>,
  key: (item: T) => string,
  { maxResults = 25, nextToken }: PageRequest,
  order: "ASCENDING" | "DESCENDING" = "ASCENDING",
): { items: T[]; nextToken?: string } {
  const sign = order === "ASCENDING" ? 1 : -1;
  const compare = (a: string, b: string) => sign * (a < b ? -1 : a > b ? 1 : 0);
  const after = nextToken === undefined ? undefined : decode(nextToken);
  const rest = [...items]
    .map((item) => ({ item, key: key(item) }))
    .filter((entry) => after === undefined || compare(entry.key, after) > 0)
    .sort((a, b) => compare(a.key, b.key));
  const last = rest.length > maxResults ? rest[maxResults - 1] : undefined;
  return {
    items: rest.slice(0, maxResults).map(({ item }) => item),
    ...(last && { nextToken: encode(last.key) }),
  };
}

/** A key that orders by time, and by id what has the same time. */
export const byTime = (time: Date, id: string): string => `${time.toISOString()} ${id}`;

const PREFIX = "page:";
const encode = (key: string) => Buffer.from(PREFIX + key).toString("base64url");

function decode(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith(PREFIX)) throw invalid("The nextToken is not one of this listing's.");
  return text.slice(PREFIX.length);
}
