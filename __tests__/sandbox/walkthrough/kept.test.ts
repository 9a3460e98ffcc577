import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Writable } from "node:stream";
import type { Sandbox } from "../../../sandbox";
import type { Catalog } from "../../../sandbox/walkthrough/approvals";
import { sayKept } from "../../../sandbox/walkthrough/kept";
import { Report } from "../../../sandbox/walkthrough/report";

// npm start -- --keep

const ROOT = path.resolve(__dirname, "../../..");

function said(): string {
  let printed = "";
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => ((printed += chunk.toString()), done()) });
  const catalog = { domain: "dzd_a", listings: { store_locations: "l1" }, projects: { marketing: "p1" } };
  sayKept(
    new Report(out),
    { file: "/else where/.sandbox/1.sh", output: "/out" },
    { account: "123456789012" } as Sandbox,
    catalog as unknown as Catalog,
  );
  return printed;
}

test("its commands can be pasted: no prompt, and paths that hold anywhere", () => {
  const text = said();
  expect(text).toContain(`cd ${ROOT} && . '/else where/.sandbox/1.sh'\n`);
  expect(text).toContain("cdktf deploy sandbox --auto-approve --output /out\n");
  expect(text).not.toMatch(/^\s*\$ /m);
});

test("what it says to edit is there, and each edit changes what is said and nothing else", () => {
  const copy = mkdtempSync(path.join(tmpdir(), "kept-"));
  try {
    for (const folder of ["environments", "policies"])
      cpSync(path.join(ROOT, folder), path.join(copy, folder), { recursive: true });
    const edits = [...said().matchAll(/^\s*(perl .* (\S+))$/gm)];
    const changed = edits.map(([, command, file]) => {
      execFileSync("sh", ["-c", command!], { cwd: copy });
      const before = readFileSync(path.join(ROOT, file!), "utf8").split("\n");
      const after = readFileSync(path.join(copy, file!), "utf8").split("\n");
      expect(after.length).toBe(before.length);
      return after.flatMap((line, i) => (line === before[i] ? [] : [line.trim()]));
    });
    expect(changed).toEqual([
      expect.arrayContaining(['["Open"].containsAll(resource.terms) &&']),
      ['product: { subPrefix: "Product/*", permission: "READ" },'],
    ]);
    const environment = readFileSync(path.join(copy, "environments/sandbox.ts"), "utf8");
    expect(environment.indexOf('"READ"')).toBeGreaterThan(environment.indexOf("userB"));
  } finally {
    rmSync(copy, { recursive: true });
  }
});
