import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT, temporary } from "../modules/support/examples";
import type { synthesize } from "./environment";

/** The project as it was at the baseline for upgrades, in a folder of its own: its modules, and its constructs. */
export class Baseline {
  private readonly folder = temporary();

  /**
   * As docs/publishing.md names its commit.
   *
   * @throws Error where the commit is not in this clone
   */
  constructor() {
    execFileSync("tar", ["-x", "-C", this.folder], { input: archive() });
    // Of its packages it uses none that has gone since.
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.folder, "node_modules"));
    this.run("functions/build.ts");
    for (const file of ["environment.ts", "settings.ts"])
      fs.cpSync(path.join(__dirname, file), path.join(this.folder, "__tests__", "daytwo", file));
  }

  get modules(): string {
    return path.join(this.folder, "modules");
  }

  /** As environment.ts does it, which there finds the constructs of the baseline. */
  synthesize(...args: Parameters<typeof synthesize>): void {
    const there = 'require("./__tests__/daytwo/environment").synthesize(...JSON.parse(process.argv[1]))';
    this.run("--eval", there, JSON.stringify(args));
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  private run(...args: string[]): void {
    const tsx = path.join(ROOT, "node_modules", ".bin", "tsx");
    execFileSync(tsx, args, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }
}

function archive(): Buffer {
  const docs = fs.readFileSync(path.join(ROOT, "docs", "publishing.md"), "utf8");
  const commit = /frozen addresses are those of commit\s+`([0-9a-f]{7,40})`/.exec(docs)?.[1];
  if (commit === undefined)
    throw new Error("docs/publishing.md does not say any more which commit the frozen addresses are of");
  const git = (...args: string[]): Buffer =>
    execFileSync("git", args, { cwd: ROOT, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
  try {
    git("cat-file", "-e", `${commit}^{commit}`);
  } catch (error) {
    throw new Error(
      `The baseline ${commit} is not in this clone's history: \`git fetch --unshallow\`, in CI a checkout with its whole history (fetch-depth: 0)`,
      { cause: error },
    );
  }
  return git("archive", commit);
}
