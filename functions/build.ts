import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { schemaToJsonWithResolvedTypes } from "@cedar-policy/cedar-wasm/nodejs";
import { type Plugin, build } from "esbuild";
import { zipSync } from "fflate";
import { listing, shipped } from "./shipped";

/** Files that a function needs beside its code, and constants that it is compiled with. */
interface Extras {
  /** Paths from the project's root. */
  readonly beside?: readonly string[];
  readonly define?: (root: string) => Record<string, string>;
}

const EXTRAS: Readonly<Record<string, Extras>> = {
  approver: {
    beside: ["node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm"],
    define: (root) => ({ BUNDLED_SCHEMA: JSON.stringify(schemaJson(join(root, "policies/datazone.cedarschema"))) }),
  },
};

function schemaJson(file: string): string {
  const answer = schemaToJsonWithResolvedTypes(readFileSync(file, "utf8"));
  if (answer.type === "success") return JSON.stringify(answer.json);
  throw new Error(`${file}: ${answer.errors.map(({ message }) => message).join("; ")}`);
}

/** ZIP knows no earlier time. fflate takes it as local time. */
const MODIFIED = new Date(1980, 0, 1);

/** -rw-r--r--, made on Unix. */
const ATTRIBUTES = { os: 3, attrs: 0o100644 << 16 };

/**
 * The SDK's schemas name their keys by constants, `{ [_e]: _c }`, and then esbuild keeps the schemas of all operations.
 * With literal keys it keeps those that are used: of DataZone's a tenth.
 */
const literalKeys: Plugin = {
  name: "literal-keys",
  setup(bundling) {
    bundling.onLoad({ filter: /dist-es[\\/].*schemas_\d+\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const constants = new Map(
        [...text.matchAll(/^const (_\w+) = (".*?");$/gm)].map(([, name, value]) => [name, value]),
      );
      const contents = text.replace(/\[(_\w+)\]:/g, (key, name) =>
        constants.has(name) ? `${constants.get(name)}:` : key,
      );
      return { contents, loader: "js" };
    });
  },
};

/** The functions there are: every folder with an index.ts. */
export const functionNames = (root: string): string[] =>
  readdirSync(join(root, "functions"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, "functions", entry.name, "index.ts")))
    .map(({ name }) => name)
    .sort();

/**
 * Bundles a function into `<output>/<name>.zip`: one CommonJS file with the SDK in it, so that versions are the lock file's. The
 * bytes depend on the sources and the lock file alone, not on the machine, the folder or the time. Beside it lie the unzipped files, the
 * bill of materials `<name>.cdx.json` and the third-party notices `<name>.notices.txt`. No
 * file is ever seen half written: test runs that build side by side do not disturb one another.
 *
 * @returns the path of the zip
 */
export async function buildFunction(name: string, root: string, output: string): Promise<string> {
  const { beside = [], define = () => ({}) } = EXTRAS[name] ?? {};
  const folder = join(output, name);
  mkdirSync(folder, { recursive: true });
  const packages = `${folder}.packages.${process.pid}.json`;
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join("functions", name, "index.ts")],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    // The ES modules of packages, because esbuild drops what is not used of them: a quarter of the time to start is
    // loading code.
    mainFields: ["module", "main"],
    alias: {
      // Lambda hands over credentials in environment variables: the SDK's code for other sources is left out.
      "@aws-sdk/credential-provider-node": join(root, "functions/credentials.ts"),
    },
    plugins: [literalKeys, listing(packages)],
    // A dynamic import becomes `require`: to start the loader of ES modules takes longer than to load what it would
    // load.
    supported: { "dynamic-import": false },
    legalComments: "none",
    define: define(root),
    logLevel: "warning",
  });
  const contents: Record<string, Uint8Array> = {
    ...Object.fromEntries(beside.map((file) => [basename(file), new Uint8Array(readFileSync(join(root, file)))])),
    "index.js": result.outputFiles[0]!.contents,
  };
  for (const [file, bytes] of Object.entries(contents)) replace(join(folder, file), bytes);
  const zip = zipSync(contents, { level: 9, mtime: MODIFIED, ...ATTRIBUTES });
  const { bom, notices } = shipped(name, packages, zip);
  replace(`${folder}.zip`, zip);
  replace(`${folder}.cdx.json`, bom);
  replace(`${folder}.notices.txt`, notices);
  return `${folder}.zip`;
}

function replace(file: string, bytes: Uint8Array | string): void {
  const written = `${file}.${process.pid}`;
  writeFileSync(written, bytes);
  renameSync(written, file);
}

/** Bundles every function into dist/functions, where the constructs look for bundles. */
export async function buildFunctions(): Promise<string[]> {
  const root = resolve(__dirname, "..");
  return await Promise.all(functionNames(root).map((name) => buildFunction(name, root, join(root, "dist/functions"))));
}

const USAGE =
  "npm run build   bundles every function into dist/functions: zip, unzipped files, bill of materials, notices";

if (require.main === module && process.argv.includes("--help")) console.log(USAGE);
else if (require.main === module) {
  void buildFunctions().then((zips) => {
    for (const zip of zips) console.log(`${basename(zip)}: ${readFileSync(zip).length} bytes`);
  });
}
