import * as fs from "node:fs";
import * as path from "node:path";

/** The releases of CDK Terrain, the fork of cdktf, that the constructs are tried with, and the release of Node.js that its CLI asks for. */
export const CDKTN = { cdktn: "0.24.0", "@cdktn/provider-aws": "25.7.0", "cdktn-cli": "0.24.0" } as const;

/** The only change in a project that moves from cdktf to cdktn: the names of the imported packages. */
export const renamed = (source: string): string => source.replace(/from "(@?)cdktf(\/|")/g, 'from "$1cdktn$2');

/** Copies a folder: its TypeScript files edited, everything else as it is. */
export function copy(
  from: string,
  to: string,
  edit: (source: string) => string,
  wanted: (file: string) => boolean = () => true,
): void {
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const source = path.join(entry.parentPath, entry.name);
    const file = path.relative(from, source);
    if (!entry.isFile() || !wanted(file)) continue;
    const target = path.join(to, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (file.endsWith(".ts")) fs.writeFileSync(target, edit(fs.readFileSync(source, "utf8")));
    else fs.copyFileSync(source, target);
  }
}
