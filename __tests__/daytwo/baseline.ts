import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";

/**
 * Puts the modules of the baseline for upgrades into a folder, as docs/publishing.md names its commit.
 *
 * @throws Error where the commit is not in this clone
 */
export function putBaseline(folder: string): void {
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
  fs.mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-x", "-C", folder], { input: git("archive", commit, "modules") });
}
