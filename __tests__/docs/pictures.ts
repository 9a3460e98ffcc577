import * as fs from "node:fs";
import * as path from "node:path";
import { accessOf } from "../../commands/access/environment";
import { matrixOf } from "../../commands/access/matrix";
import { svgOf } from "../../commands/access/svg";
import sandbox from "../../environments/sandbox";
import { type Announcement, subjectOf, textOf } from "../../functions/approver/announce";

/**
 * The README's pictures, drawn of what the product says: `npx tsx __tests__/docs/pictures.ts` writes them anew. SVG of shapes and text
 * alone, which any viewer shows.
 */
export const FOLDER = path.resolve(__dirname, "../../docs/pictures");

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const text = (x: number, y: number, content: string, style = ""): string =>
  `<text x="${x}" y="${y}"${style && ` ${style}`} xml:space="preserve">${escaped(content)}</text>`;
const box = (x: number, y: number, width: number, height: number, fill: string, stroke = "#57606a"): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${stroke}"/>`;

function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-size="14" font-family="Helvetica, Arial, sans-serif" fill="#1f2328">`;
  return [
    head,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

const BOLD = `font-weight="bold"`;
const SMALL = `font-size="12" fill="#57606a"`;
const MONO = `font-size="12" font-family="Menlo, Consolas, monospace"`;

/** What an owner gets of a request that no policy decides. */
const WAITING = {
  decision: "waiting",
  approver: "approvals",
  environment: "prod",
  domainId: "dzd_4rgxv6ns8t3knp",
  subscriptionRequestId: "b7x2k9q4m1",
  project: { id: "5yw1mwl0k9d3sh", name: "Sales" },
  listing: { id: "c3v8n2p6r0", name: "Orders by customer" },
  subscriber: { type: "project", id: "9trk3zq7w2", name: "Churn model" },
  policies: [],
  policySet: "6f1c0a9be2d4",
  why: ["no policy permits access to asset a4m7p1x9t2"],
  again: false,
} as unknown as Announcement;

function mail(): string {
  const lines = textOf(WAITING, "eu-central-1").split("\n").flatMap(wrapped);
  const height = 92 + 18 * lines.length;
  return picture(860, height, "The e-mail that an owner gets", [
    box(8, 8, 844, height - 16, "#ffffff"),
    text(28, 36, `Subject: ${subjectOf(WAITING)}`, BOLD),
    text(28, 56, "From: AWS Notifications", SMALL),
    `<line x1="8" y1="68" x2="852" y2="68" stroke="#d0d7de"/>`,
    ...lines.map((line, i) => text(28, 92 + 18 * i, line, MONO)),
  ]);
}

/** Lines of at most 108 characters, broken at blanks. */
function wrapped(line: string): string[] {
  const broken = [""];
  for (const word of line.split(" ")) {
    const last = broken.at(-1)!;
    if (last !== "" && last.length + word.length >= 108) broken.push(`  ${word}`);
    else broken[broken.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return broken;
}

/** Who may do what with which prefix: what `access matrix sandbox --svg` draws. */
function matrix(): string {
  const access = accessOf("environment sandbox", sandbox.account, sandbox.studioAccess!);
  return svgOf(matrixOf(access), access.own);
}

/** Both systems on one page. */
function overview(): string {
  const node = (x: number, y: number, width: number, lines: readonly string[], fill = "#f6f8fa"): string =>
    [
      box(x, y, width, 24 + 18 * lines.length, fill),
      ...lines.map((line, i) => text(x + 12, y + 26 + 18 * i, line, i === 0 ? BOLD : SMALL)),
    ].join("\n");
  const arrow = (x1: number, y1: number, x2: number, y2: number, label = "", dx = 0, dy = -8): string =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#0969da" stroke-width="1.5" marker-end="url(#arrow)"/>${label && text((x1 + x2) / 2 + dx, (y1 + y2) / 2 + dy, label, `${SMALL} text-anchor="middle"`)}`;
  const marker = `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#0969da"/></marker></defs>`;
  return picture(900, 440, "Two systems: who may subscribe, and who may read and write", [
    marker,
    text(24, 34, "A. Who may subscribe to data?", BOLD),
    node(24, 54, 150, ["Consumer", "asks in the portal"]),
    node(250, 54, 160, ["Amazon DataZone", "catalog, requests"]),
    node(486, 54, 170, ["Approver", "function, Cedar policies"], "#ddf4ff"),
    node(732, 54, 144, ["Owners", "are told, decide", "what is left to them"]),
    arrow(174, 84, 250, 84, "request"),
    arrow(410, 74, 486, 74, "event, queue"),
    arrow(486, 96, 410, 96, "accept, reject", 0, 20),
    arrow(656, 84, 732, 84, "topic"),
    text(410, 158, "schedule or person: sweep finds what an event lost", SMALL),
    text(410, 176, "what cannot be decided: dead-letter queue, alarm", SMALL),
    `<line x1="24" y1="200" x2="876" y2="200" stroke="#d0d7de"/>`,
    text(24, 230, "B. Who may read and write which S3 prefix from Studio?", BOLD),
    node(24, 250, 150, ["userA in Studio", "role without any", "access to the data"]),
    node(300, 250, 170, ["S3 Access Grants", "a grant a persona", "and prefix"], "#ddf4ff"),
    node(640, 250, 200, ["Data bucket", "Product/  UserA/  UserB/"]),
    arrow(174, 272, 300, 272, "GetDataAccess"),
    arrow(300, 308, 174, 308, "credentials, an hour", 0, 20),
    arrow(470, 286, 640, 276, "location's role"),
    `<path d="M100,328 C100,400 500,420 700,312" fill="none" stroke="#0969da" stroke-width="1.5" marker-end="url(#arrow)"/>`,
    text(300, 412, "reads and writes its prefixes; everything else is AccessDenied", SMALL),
  ]);
}

export const PICTURES: Readonly<Record<string, () => string>> = {
  "overview.svg": overview,
  "mail.svg": mail,
  "matrix.svg": matrix,
};

if (require.main === module) {
  fs.mkdirSync(FOLDER, { recursive: true });
  for (const [name, draw] of Object.entries(PICTURES)) fs.writeFileSync(path.join(FOLDER, name), draw());
}
