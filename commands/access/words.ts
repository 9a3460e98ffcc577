import { type Style, type Terminal, fits, paint, table } from "../program/terminal";
import type { Cell, Mark, Matrix, Row } from "./matrix";
import { type Access, NOT_LOOKED_AT, type Permission, type Unplaced } from "./model";

/** A scope as its bucket, which many share, and the rest: `s3://bucket/` and `UserA/*`. */
export function split(scope: string): [bucket: string, rest: string] {
  const end = scope.indexOf("/", "s3://".length) + 1;
  return end === 0 ? [scope, ""] : [scope.slice(0, end), scope.slice(end)];
}

export const join = (permissions: readonly Permission[]): string => permissions.join(", ");

/** A word or two: what is to be known of a prefix. */
export function short(mark: Mark): string {
  const { is, personas } = mark;
  if (is === "written") return `${personas.length} may write`;
  if (is === "opened") return `opened to ${personas.length === 1 ? personas[0] : personas.length}`;
  return is === "covered" ? "covered" : is;
}

/** The sentence behind a mark; none where the word says it all. */
export function sentence(scope: string, mark: Mark): string | undefined {
  const who = mark.personas.join(", ");
  switch (mark.is) {
    case "private":
    case "shared":
      return undefined;
    case "opened":
      return `${scope} is one's own, and open to ${who} by ${mark.by.join(", ")}`;
    case "written":
      return `${scope} may be written by ${who}`;
    case "group":
      return `${scope} is open to everyone in the directory group ${who}`;
    case "covered":
      return `${scope} of ${who} adds nothing: another grant says as much (${mark.by.join(", ")})`;
  }
}

/** What deserves a look: opened prefixes, several writers, groups, grants that add nothing. */
export const sentences = ({ rows }: Matrix): string[] =>
  rows.flatMap(({ scope, marks }) => marks.flatMap((mark) => sentence(scope, mark) ?? []));

/** What a mark looks like, in a terminal and in the picture. */
export const MARKS: Record<Mark["is"], Style> = {
  private: "good",
  shared: "quiet",
  opened: "bad",
  written: "doubtful",
  group: "doubtful",
  covered: "quiet",
};

/** The matrix for a terminal: a table, or a list where the table would be too wide. */
export function drawn(matrix: Matrix, terminal: Terminal): string {
  if (matrix.rows.length === 0) return "No grant is known.";
  const wide = asTable(matrix, { ...terminal, width: undefined });
  return fits(terminal, wide.split("\n")) ? wide : asList(matrix, terminal);
}

function asTable({ personas, rows }: Matrix, terminal: Terminal): string {
  const body = grouped<{ readonly heading?: string; readonly cells: readonly string[] }>(
    rows,
    (bucket) => ({ heading: paint(terminal, "strong", bucket), cells: [""] }),
    (rest, { cells, marks }) => ({
      cells: [`  ${rest}`, ...cells.map((cell) => inCell(cell, terminal)), marked(marks, terminal)],
    }),
  );
  const head = ["", ...personas.map(({ name }) => name), ""];
  const [first, ...lines] = table(
    terminal,
    head,
    body.map(({ cells }) => cells),
  ).split("\n");
  // Names of buckets are long, and widen no column.
  return [first, ...lines.map((line, i) => body[i]?.heading ?? line)].join("\n");
}

function inCell(cell: Cell | undefined, terminal: Terminal): string {
  if (!cell) return paint(terminal, "quiet", "-");
  const text = join(cell.permissions);
  return cell.direct ? text : paint(terminal, "quiet", `(${text})`);
}

function asList({ personas, rows }: Matrix, terminal: Terminal): string {
  const lines = grouped(
    rows,
    (bucket) => [paint(terminal, "strong", bucket)],
    (rest, { cells, marks }) => {
      const byText = new Map<string, string[]>();
      cells.forEach((cell, i) => {
        if (!cell) return;
        const text = inCell(cell, terminal);
        byText.set(text, [...(byText.get(text) ?? []), personas[i]!.name]);
      });
      return [
        `  ${rest}${marks.length > 0 ? `  ${marked(marks, terminal)}` : ""}`,
        ...[...byText].map(([text, who]) => `    ${text}  ${who.join(", ")}`),
      ];
    },
  );
  return lines.map((line) => line.join("\n")).join("\n");
}

const marked = (marks: readonly Mark[], terminal: Terminal): string =>
  marks.map((mark) => paint(terminal, MARKS[mark.is], short(mark))).join(", ");

/** Rows under the name of their bucket. */
function grouped<T>(rows: readonly Row[], heading: (bucket: string) => T, row: (rest: string, row: Row) => T): T[] {
  let last: string | undefined;
  return rows.flatMap((one) => {
    const [bucket, rest] = split(one.scope);
    const isNew = bucket !== last;
    last = bucket;
    return [...(isNew ? [heading(bucket)] : []), row(rest, one)];
  });
}

/** What stands beside the grants, and what is not known. */
export function beside({ own, unplaced, unknown }: Omit<Access, "grants" | "personas">, terminal: Terminal): string[] {
  const rows = own.map(({ who, permission, scope, by }) => [`  ${who}`, permission, scope, by]);
  const notKnown = [...unplaced.map(inWords), ...unknown];
  return [
    ...(rows.length > 0 ? [`\nWithout S3 Access Grants:\n${table(terminal, [], rows)}`] : []),
    ...(notKnown.length > 0
      ? ["", ...notKnown.map((one) => `${paint(terminal, "doubtful", "Not known")}: ${one}`)]
      : []),
    `\n${paint(terminal, "quiet", NOT_LOOKED_AT)}`,
  ];
}

/** What is known of a grant whose location is not. */
function inWords({ id, persona, permission, subPrefix, locations }: Unplaced): string {
  const where = locations.length > 0 ? `one of ${locations.join(", ")}` : "a location that is not in it";
  return `where ${persona.name} may ${permission} ${subPrefix}: in ${where}, as the apply will say (${id})`;
}
