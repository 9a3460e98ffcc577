import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

/** Gets a few words on what an installation is doing: `downloading pyspark-3.5.9.tar.gz: 120 of 317.9 MB`. */
export type OnProgress = (state: string) => void;

/**
 * Installs what a requirements file pins into a virtual environment. Files with another digest than the file says are
 * refused. pip shows its progress only on a terminal, and some releases not even there, so its output is condensed, and
 * the size of a download is read from the file that it writes.
 *
 * @throws Error the last line that pip complained with
 */
export async function pipInstall(folder: string, requirements: string, onProgress: OnProgress): Promise<void> {
  const packages = (await readFile(requirements, "utf8")).split("\n").filter((line) => /^\w/.test(line)).length;
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  // The file lists all packages, so dependencies that packages name are not looked at (AWS's archive of jars names
  // another Spark).
  const options = [
    "--no-deps",
    "--require-hashes",
    // Half of pip's work would be to compile everything; Python compiles what is imported.
    "--no-compile",
    "--progress-bar",
    "off",
    "--disable-pip-version-check",
    "-r",
    requirements,
  ];
  // Asked before pip starts, because output of pip that nobody reads yet would be lost.
  const before = (await installed(folder)).length;
  const pip = spawn(join(folder, "bin", "python"), ["-m", "pip", "install", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONUNBUFFERED: "1", TMPDIR: temporary },
  });
  let state = `looking for ${packages} packages`;
  let looked = 0;
  const say = async (): Promise<void> => {
    const now = state;
    if (now.startsWith("looking at")) return onProgress(`${now} (${looked} of ${packages})`);
    if (now.startsWith("downloading")) return onProgress(now + (await sizeOf(now.split(" ")[1]!, temporary)));
    if (!now.startsWith("installing")) return onProgress(now);
    onProgress(`${now}: ${(await installed(folder)).length - before} done`);
  };
  let complaint = "";
  createInterface({ input: pip.stdout }).on("line", (line) => {
    const next = condensed(line);
    if (next === undefined) return;
    state = next;
    if (next.startsWith("looking at")) looked++;
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

/** What pip is doing, by a line that it prints; undefined where the line says nothing new. */
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

/** The packages that are installed in an environment. */
async function installed(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "lib"), { recursive: true }).catch(() => []);
  return names.filter((name) => /site-packages\/[^/]+\.dist-info$/.test(name));
}

/** The size of a download that is under way, `: 120 MB`; empty once it is done. */
async function sizeOf(file: string, temporary: string): Promise<string> {
  const names = await readdir(temporary, { recursive: true }).catch(() => []);
  const found = names.find((name) => basename(name) === file);
  const there = found && (await stat(join(temporary, found)).catch(() => undefined)); // gone meanwhile
  return there ? `: ${Math.round(there.size / 1e6)} MB` : "";
}
