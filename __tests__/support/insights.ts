/** A log event, as CloudWatch keeps it. */
export interface LogEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * What we take a query of CloudWatch Logs Insights to answer, for the few commands that ours has: filter with `and`, `=`, `in`,
 * `like` and `not like` a regular expression; fields; sort by one field; dedup, which keeps the first. Written after AWS's reference
 * ("Logs Insights QL"); that AWS answers so only AWS proves.
 *
 * @throws where the query has something else
 */
export function answerOf(query: string, events: readonly LogEvent[]): Row[] {
  let rows = events.map(discovered);
  let shown: readonly string[] | undefined;
  for (const command of query.split("\n|").map((text) => text.replace(/^\|/, "").trim())) {
    const [, verb, rest = ""] = /^(\w+)\s+([^]*)$/.exec(command) ?? [];
    if (verb === "filter") rows = rows.filter((row) => rest.split(" and ").every((condition) => holds(condition, row)));
    else if (verb === "fields") shown = rest.split(",").map((field) => field.trim());
    else if (verb === "sort") rows = sorted(rows, rest);
    else if (verb === "dedup") rows = firsts(rows, rest);
    else throw new Error(`Nothing is known here of the command ${command}`);
  }
  if (shown === undefined) return rows;
  const names = shown;
  return rows.map((row) => Object.fromEntries(names.flatMap((name) => (name in row ? [[name, row[name]]] : []))));
}

/** The fields that Insights finds in a JSON event: the first 200, by their paths; of booleans it makes numbers. */
function discovered({ timestamp, message }: LogEvent): Row {
  const leaves = (value: unknown, path: string): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`))
      : [[path, typeof value === "boolean" ? Number(value) : value]];
  const json = message.startsWith("{") ? leaves(JSON.parse(message), "").slice(0, 200) : [];
  return { ...Object.fromEntries(json), "@timestamp": timestamp, "@message": message };
}

function holds(condition: string, row: Row): boolean {
  const [, field, comparison, operand] = /^(\S+) (=|in|like|not like) (.+)$/.exec(condition.trim()) ?? [];
  if (field === undefined || operand === undefined)
    throw new Error(`Nothing is known here of the condition ${condition}`);
  const value = row[field];
  if (comparison === "=") return value === JSON.parse(operand);
  if (comparison === "in") return (JSON.parse(operand) as unknown[]).includes(value);
  const isLike = new RegExp(operand.slice(1, -1)).test(String(value));
  return comparison === "like" ? isLike : !isLike;
}

function sorted(rows: readonly Row[], by: string): Row[] {
  const [field = "", order] = by.split(" ");
  const sign = order === "asc" ? 1 : -1;
  return [...rows].sort((one, other) => sign * (Number(one[field]) - Number(other[field])));
}

function firsts(rows: readonly Row[], field: string): Row[] {
  const seen = new Set<unknown>();
  return rows.filter((row) => {
    const value = row[field];
    if (value === undefined) return true;
    const isFirst = !seen.has(value);
    seen.add(value);
    return isFirst;
  });
}
