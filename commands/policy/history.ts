import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { digestOf } from "../../functions/approver/policies/digest";

/** A policy set as it was committed. */
export interface Committed {
  readonly texts: Readonly<Record<string, string>>;
  readonly digest: string;
  /** The first commit that has it in this folder. */
  readonly commit: string;
  /** When that was made, ISO 8601. */
  readonly date: string;
  /** From the root of the repository. */
  readonly folder: string;
}

const POLICIES = ":(glob)**/*.cedar";

/**
 * Every policy set that a git repository has, or had, on any branch: what stood in one folder as `<id>.cedar` at some commit. The oldest
 * comes first.
 *
 * @param folder anywhere in a work tree
 * @returns nothing where git or a repository is missing
 */
export function* committedSets(folder: string): Generator<Committed> {
  const root = git(folder, ["rev-parse", "--show-toplevel"])?.trim();
  if (root === undefined) return;
  const log = git(root, ["log", "--all", "--full-history", "--reverse", "--format=%H %cI", "--", POLICIES]) ?? "";
  const seen = new Set<string>();
  const blobs = new Map<string, string>();
  for (const line of log.split("\n").filter(Boolean)) {
    const [commit = "", date = ""] = line.split(" ");
    for (const [folder, files] of foldersAt(root, commit)) {
      const key = JSON.stringify([folder, ...files]);
      if (seen.has(key)) continue;
      seen.add(key);
      const texts = Object.fromEntries(files.map(([id, blob]) => [id, textOf(root, blob, blobs)]));
      yield { texts, digest: digestOf(texts), commit, date, folder };
    }
  }
}

/** The folders with policies at a commit, and the ids and blobs of what is in them. */
function foldersAt(root: string, commit: string): Map<string, [id: string, blob: string][]> {
  const folders = new Map<string, [string, string][]>();
  const tree = git(root, ["ls-tree", "-r", "-z", commit]) ?? "";
  for (const [, blob, path] of tree.matchAll(/\d+ blob ([0-9a-f]+)\t([^\0]*)\.cedar\0/g)) {
    const folder = dirname(path!);
    folders.set(folder, [...(folders.get(folder) ?? []), [path!.slice(path!.lastIndexOf("/") + 1), blob!]]);
  }
  return folders;
}

function textOf(root: string, blob: string, known: Map<string, string>): string {
  const text = known.get(blob) ?? git(root, ["cat-file", "blob", blob]) ?? "";
  known.set(blob, text);
  return text;
}

/** @returns what git says; nothing where it fails */
function git(folder: string, args: readonly string[]): string | undefined {
  const ran: SpawnSyncReturns<string> = spawnSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return ran.status === 0 ? ran.stdout : undefined;
}
