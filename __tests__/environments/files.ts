import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { putEnvironments } from "../../environments/definition";

const BUNDLES = path.join(__dirname, "../support/bundles");
const DEFINITION = path.join(__dirname, "../../environments/definition");

/** Environments in a folder of their own: their files' texts by their names. */
export async function inFolder<T>(
  texts: Readonly<Record<string, string>>,
  use: (folder: string, app: App) => T | Promise<T>,
): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "environments-"));
  try {
    for (const [name, text] of Object.entries(texts)) {
      const movable = text.replace(/"[./]*\/(environments\/)?definition"/, JSON.stringify(DEFINITION));
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, `${name}.ts`), movable);
    }
    return await use(folder, new App({ outdir: path.join(folder, "out"), context: { bundles: BUNDLES } }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What is said of environments, by name. One call: TypeScript then reads the project once. */
export const problemsOf = async (
  texts: Readonly<Record<string, string>>,
  names = Object.keys(texts),
): Promise<ReadonlyMap<string, readonly string[]>> =>
  await inFolder(texts, (folder, app) => putEnvironments(app, names, folder));
