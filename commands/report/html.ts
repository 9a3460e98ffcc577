import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { BuildOptions, BuildResult } from "esbuild";
import type { Report } from "./model";
import { STYLE } from "./style";

/**
 * The report as one HTML file: styles, scripts and data are in it, its policy lets nothing else run, and nothing be fetched or sent.
 * The data are JSON in an element that no browser runs; whatever could end that element is escaped.
 */
export function htmlOf(report: Report): string {
  const script = pageScript();
  const allowed = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Data access decisions</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Data access decisions</h1>
<p>Made ${report.madeAt.slice(0, 16).replace("T", " ")} UTC</p>
</header>
<main id="page"><noscript><p>This report draws itself by the script that is in it. Let scripts run for this file.</p></noscript></main>
<script type="application/json" id="report">${inScript(JSON.stringify(report))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that an HTML parser takes for text to the end, whatever is in it: `<` alone begins anything there. */
const inScript = (json: string): string => json.replace(/</g, "\\u003c");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Where the packed program has the page's script (scripts/release/pack.ts). */
export const PACKED_SCRIPT = "page/page.js";

/** The page's script, bundled: when the program is packed, or, in a clone, now. */
export function pageScript(): string {
  const packed = join(__dirname, PACKED_SCRIPT);
  if (existsSync(packed)) return readFileSync(packed, "utf8");
  // Not what the program needs where it is installed, so nothing that says it is.
  const { buildSync } = createRequire(__filename)("esbuild") as {
    buildSync(options: BuildOptions): BuildResult<{ write: false }>;
  };
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, "page/index.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    charset: "utf8",
  });
  const text = outputFiles[0]!.text.trim();
  if (/<\/script|<!--/i.test(text)) throw new Error("the page's script holds what would end its element");
  return text;
}
