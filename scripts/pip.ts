import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What an installation is at, in a few words: `downloading pyspark-3.5.9.tar.gz: 120 of 317.9 MB`. */
export type OnProgress = (state: string) => void;

/**
 * Installs what a requirements file pins into a virtual environment. pip itself shows how far it is only on a terminal, and
 * some releases not even there: so its lines are condensed, and how far it is is read from the files that it writes.
 *
 * @throws Error the last line that pip complained with
 */
export async function pipInstall(folder: string, requirements: string, onProgress: OnProgress): Promise<void> {
  const packages = (await readFile(requirements, "utf8")).split("\n").filter((line) => /^\w/.test(line)).length;
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  // The file lists everything: what a package itself asks for is not looked at (AWS's archive of jars asks for another Spark).
  const options = ["--no-deps", "--progress-bar", "off", "--disable-pip-version-check", "-r", requirements];
  const pip = spawn(join(folder, "bin", "python"), ["-m", "pip", "install", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONUNBUFFERED: "1", TMPDIR: temporary },
  });
  let state = `looking for ${packages} packages`;
  const say = async (): Promise<void> => onProgress(state + (await howFar(state, folder, temporary)));
  let complaint = "";
  createInterface({ input: pip.stdout }).on("line", (line) => {
    const next = condensed(line);
    if (next === undefined) return;
    state = next;
    void say();
  });
  createInterface({ input: pip.stderr }).on("line", (line) => (complaint = line.trim() || complaint));
  const timer = setInterval(() => void say(), 1000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => pip.on("error", reject).on("close", resolve));
    if (code !== 0) throw new Error(complaint || `pip ended with ${code}`);
  } finally {
    clearInterval(timer);
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What a line of pip says that it is at, or undefined where it says nothing new. */
export function condensed(line: string): string | undefined {
  const [, file, size] = /^ *Downloading (?:.*\/)?(\S+) \((.*B)\)/.exec(line) ?? [];
  if (file !== undefined) return file.endsWith(".metadata") ? undefined : `downloading ${file} (${size})`;
  const [, found, version] =
    /^(?:Collecting|Processing) (?:.*\/)?([\w.-]*?\w)(?:\[.*\])?(?:==|-)(\d[\d.]*\d)/.exec(line) ?? [];
  if (found !== undefined) return `looking at ${found} ${version}`;
  const [, built] = /^ *Building wheel for (\S+) .*: started/.exec(line) ?? [];
  if (built !== undefined) return `building ${built}`;
  const [, installed] = /^Installing collected packages: (.*)/.exec(line) ?? [];
  if (installed !== undefined) return `installing ${installed.split(", ").length} packages`;
  return undefined;
}

/** How far what a state names has come: `: 120 MB`, `: 9 done`, or nothing that can be told. */
async function howFar(state: string, folder: string, temporary: string): Promise<string> {
  if (state.startsWith("downloading")) return `: ${Math.round((await largest(temporary)) / 1e6)} MB`;
  if (!state.startsWith("installing")) return "";
  const installed = await readdir(join(folder, "lib"), { recursive: true }).catch(() => []);
  return `: ${installed.filter((name) => /site-packages\/[^/]+\.dist-info$/.test(name)).length} done`;
}

/** Size of the largest file below a folder: of a download, which grows there. */
async function largest(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (found) => found.size,
      () => 0,
    ),
  ); // gone meanwhile
  return Math.max(0, ...(await Promise.all(sizes)));
}
