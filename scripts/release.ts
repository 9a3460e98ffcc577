import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { freeze } from "../constructs/publishing/addresses";
import { synthesizeAll } from "../constructs/publishing/definitions";
import { packPackage, packModules } from "./release/pack";
import { next, parse, section, withRelease } from "./release/version";

const ROOT = path.resolve(__dirname, "..");
const USAGE = `npm run release               release what has changed since the last tag: version, CHANGELOG, commit, tag, packages
npm run release -- --dry-run  say what that would be, and pack, but change nothing that is committed`;

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: ROOT, encoding: "utf8" }).trim();
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");
const write = (file: string, text: string): void => fs.writeFileSync(path.join(ROOT, file), text);

async function main(options: readonly string[]): Promise<void> {
  if (options.includes("--help")) return console.log(USAGE);
  const dry = options.includes("--dry-run");
  if (options.some((option) => option !== "--dry-run")) throw new Error(USAGE);
  if (!dry && run("git", "status", "--porcelain") !== "")
    throw new Error("commit or remove what is not committed first");
  const tag = run("git", "tag", "--list", "v*", "--sort=-version:refname").split("\n")[0]!;
  const range = tag === "" ? ["HEAD"] : [`${tag}..HEAD`];
  const messages = run("git", "log", "--format=%B%x00", ...range)
    .split("\0")
    .map((message) => message.trim());
  const changes = messages.flatMap((message) => parse(message) ?? []);
  const { version: current } = JSON.parse(read("package.json")) as { version: string };
  const version = tag === "" ? current : next(current, changes);
  if (version === undefined) throw new Error(`nothing has changed for users since ${tag}`);
  const notes = section(version, new Date().toISOString().slice(0, 10), changes);
  console.log(notes);

  run("npx", "tsx", "functions/build.ts");
  run("npx", "tsx", "scripts/modules.ts", "--check");
  const folder = path.join(ROOT, "dist/release");
  fs.mkdirSync(folder, { recursive: true });
  if (!dry) {
    write("CHANGELOG.md", withRelease(read("CHANGELOG.md"), notes));
    run("npm", "version", version, "--no-git-tag-version", "--allow-same-version");
    freeze(await synthesizeAll());
  }
  console.log(
    [packModules(version, folder), packPackage(version, folder)].map((file) => path.relative(ROOT, file)).join("\n"),
  );
  if (dry) return;
  run("git", "commit", "--all", "--message", `chore(release): ${version}`);
  run("git", "tag", "--annotate", `v${version}`, "--message", notes);
  console.log(`tagged v${version}: push it, and publish the packages`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
