import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { anchorsIn } from "../../scripts/release/documents";
import { configuration, environment, synthesized } from "../environments/synthesize";

const ROOT = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const README = read("README.md");
const DOCS = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter((file) => existsSync(path.join(ROOT, file)));

test("the README is in the order in which a stranger asks, in lines that fit", () => {
  const headings = [...README.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    "Try it",
    "What people see",
    "Your way in",
    "cdktf has ended",
    "What only a real account can prove",
  ]);
  expect(README.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("it says how many resources the environment sandbox has", async () => {
  const { resource } = (await synthesized(environment("sandbox"), configuration)) as {
    resource: Record<string, object>;
  };
  const count = Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
  expect(README).toContain(`(${count} resources)`);
});

test.each(DOCS)("%s links to files that exist", (file) => {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!.split("#")[0]!);
  const here = links.filter((target) => target !== "" && !/^[a-z]+:/.test(target));
  expect(here.filter((target) => !existsSync(path.join(ROOT, path.dirname(file), target)))).toEqual([]);
});

test.each(DOCS)("%s links to headings that exist", (file) => {
  const links = [...read(file).matchAll(/\]\(([^)\s:]*)#([^)\s]+)\)/g)].map(
    ([, target, anchor]) => [target === "" ? file : path.join(path.dirname(file), target!), anchor!] as const,
  );
  const missing = links.filter(([target, anchor]) => !anchorsIn(read(target)).includes(anchor));
  expect(missing).toEqual([]);
});

test.each(DOCS)("%s names commands that exist", (file) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(file).matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

const foldersOf = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\w/.test(entry.name))
    .map(({ name }) => name);
/** What a path begins with: a folder of the project or, as tests are named, one below `__tests__`. */
const TOPS = [...new Set([...foldersOf("."), ...foldersOf("__tests__")])].filter(
  (name) => !["dist", "node_modules"].includes(name),
);

test.each(DOCS.filter((file) => /^(docs\/(decisions\/)?[\w-]+|README|CONTRIBUTING|SECURITY)\.md$/.test(file)))(
  "%s names files that exist",
  (file) => {
    const named = [...read(file).matchAll(new RegExp(`\`((?:${TOPS.join("|")})/[\\w./-]+)\``, "g"))].map(
      ([, name]) => name!,
    );
    // What the reader is told to make, and what stands for several.
    const real = named.filter((name) => !/audit-log|\/$|NNNN|dist\//.test(name)).map((name) => name.replace(/\/$/, ""));
    const kinds = ["", ".plan", ".server", ".sandbox", ".long"].map((kind) => `${kind}.test.ts`);
    const exists = (name: string): boolean =>
      ["", ".ts", ".py"].some((ending) => existsSync(path.join(ROOT, name + ending))) ||
      [".ts", ...kinds].some((ending) => existsSync(path.join(ROOT, "__tests__", name + ending)));
    expect(real.filter((name) => !exists(name))).toEqual([]);
  },
);
