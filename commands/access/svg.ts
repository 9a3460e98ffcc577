import type { Cell, Matrix, Row } from "./matrix";
import type { Own } from "./model";
import { join, MARKS, sentences, short, split } from "./words";

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Colours by what they are for, on light and on dark ground: their contrast to the text is at least 4.5 to 1. */
const STYLE = `
  svg { font: 14px Helvetica, Arial, sans-serif; --ground: #ffffff; --text: #1f2328; --quiet: #57606a; --line: #d0d7de;
    --read: #ddf4ff; --write: #fff1cc; --both: #dafbe1; --good: #116329; --bad: #a40e26; --doubtful: #7d4e00 }
  @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --text: #e6edf3; --quiet: #9da7b3; --line: #3d444d;
    --read: #0c2d4a; --write: #3d2b00; --both: #10351c; --good: #56d364; --bad: #ff8e86; --doubtful: #e3b341 } }
  .ground { fill: var(--ground) } text { fill: var(--text); white-space: pre }
  .mono { font: 12px Menlo, Consolas, monospace } .small { font-size: 12px } .bold { font-weight: bold }
  .quiet { fill: var(--quiet) } .good { fill: var(--good) } .bad { fill: var(--bad) } .doubtful { fill: var(--doubtful) }
  rect.READ { fill: var(--read) } rect.WRITE { fill: var(--write) } rect.READWRITE { fill: var(--both) }
  rect.direct { stroke: var(--quiet) } rect.broader { stroke: var(--quiet); stroke-dasharray: 4 3 }
  line { stroke: var(--line) }
`;

const LEFT = 24;
const ROW = 34;
const CELL = 24;

/** Breadth of a text: a generous guess, since who shows the picture has the fonts. */
const breadth = (text: string, perCharacter: number): number => Math.ceil(text.length * perCharacter);
const widest = (texts: readonly string[], perCharacter: number): number =>
  Math.max(0, ...texts.map((text) => breadth(text, perCharacter)));

/**
 * The matrix as a picture: SVG of shapes and text alone, without network or script, light or dark as who looks at it has it.
 *
 * @param own what roles reach without grants, told below the table
 */
export function svgOf(matrix: Matrix, own: readonly Own[] = []): string {
  const { personas, rows } = matrix;
  const columns = personas.map(({ name }) => Math.max(breadth(name, 8.5), 100) + 16);
  const first =
    LEFT +
    widest(
      rows.map(({ scope }) => split(scope)[1]),
      7.3,
    ) +
    40;
  const starts = columns.map((_, i) => first + columns.slice(0, i).reduce((sum, width) => sum + width, 0));
  const marksAt = first + columns.reduce((sum, width) => sum + width, 0);
  const notes = [...sentences(matrix), ...own.map(without)];
  const width = Math.max(
    marksAt +
      widest(
        rows.map(({ marks }) => marks.map(short).join(", ")),
        7,
      ) +
      LEFT,
    widest(notes, 6.6) + 2 * LEFT,
    widest([LEGEND], 6.6) + 2 * LEFT,
  );

  const parts: string[] = personas.map(({ name }, i) => text(starts[i]!, 40, name, "bold"));
  let y = 52;
  let bucket: string | undefined;
  for (const row of rows) {
    const [own, rest] = split(row.scope);
    if (own !== bucket) {
      parts.push(text(LEFT, y + 22, own, "mono bold"), line(y + 30, width));
      y += ROW;
    }
    bucket = own;
    parts.push(text(LEFT + 16, y + 20, rest, "mono"));
    row.cells.forEach((cell, i) => parts.push(...drawnCell(cell, starts[i]!, y, columns[i]! - 12)));
    parts.push(drawnMarks(row, marksAt, y));
    y += ROW;
  }
  if (rows.length === 0) parts.push(text(LEFT, (y += ROW) - 12, "No grant is known."));
  parts.push(text(LEFT, (y += 20), LEGEND, "small quiet"));
  for (const note of notes) parts.push(text(LEFT, (y += 18), note, "small"));
  const height = y + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">Who reaches which prefix: ${escaped(matrix.source)}</title>`,
    `<desc id="desc">${escaped(described(rows, matrix))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="100%" height="100%"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

const LEGEND = "Each cell is a grant of S3 Access Grants; dashed: by a broader one; none: AccessDenied.";

const without = ({ who, permission, scope, by }: Own): string =>
  `Without a grant: ${who} ${permission} ${scope} (${by})`;

/** All that the picture shows, for who cannot see it. */
const described = (rows: readonly Row[], { personas }: Matrix): string =>
  rows
    .map(({ scope, cells, marks }) => {
      const who = cells.flatMap((cell, i) => (cell ? [`${personas[i]!.name} ${join(cell.permissions)}`] : []));
      const known = marks.map(short).join(", ");
      return `${scope}: ${who.join("; ")}${known && ` (${known})`}.`;
    })
    .join(" ") || "No grant is known.";

function drawnCell(cell: Cell | undefined, x: number, y: number, width: number): string[] {
  if (!cell) return [text(x + 12, y + 20, "–", "quiet")];
  const { permissions, direct } = cell;
  const kind = permissions.length > 1 ? "READWRITE" : permissions[0]!;
  return [
    `<rect class="${kind} ${direct ? "direct" : "broader"}" x="${x}" y="${y + 3}" width="${width}" height="${CELL}" rx="5"/>`,
    text(x + 10, y + 19, join(permissions), "small"),
  ];
}

function drawnMarks({ marks }: Row, x: number, y: number): string {
  const spans = marks.map(
    (mark, i) => `${i > 0 ? ", " : ""}<tspan class="${MARKS[mark.is]}">${escaped(short(mark))}</tspan>`,
  );
  return `<text x="${x}" y="${y + 20}" class="small">${spans.join("")}</text>`;
}

const text = (x: number, y: number, content: string, style = ""): string =>
  `<text x="${x}" y="${y}"${style && ` class="${style}"`}>${escaped(content)}</text>`;

const line = (y: number, width: number): string => `<line x1="${LEFT}" y1="${y}" x2="${width - LEFT}" y2="${y}"/>`;
