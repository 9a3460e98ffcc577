import * as fs from "node:fs";
import * as path from "node:path";
import { AWS_PROVIDER_VERSION } from "../../constructs/hosting";
import { SCHEMA_VERSION } from "../../constructs/publishing/schema";
import { examples, ROOT, temporary } from "../modules/support/examples";
import { succeed } from "../support/terraform";

const lockOf = (example: string): string => path.join(ROOT, "examples", example, ".terraform.lock.hcl");

test("every example has the same lock file: the provider's release that the tests run, for every platform", () => {
  const [first, ...others] = examples().map((example) => fs.readFileSync(lockOf(example), "utf8"));
  expect(others.filter((text) => text !== first)).toEqual([]);
  expect(first).toContain(`version     = "${SCHEMA_VERSION}"`);
  expect(first).toContain(`constraints = "${AWS_PROVIDER_VERSION}"`);
  expect(first!.match(/"zh:[0-9a-f]{64}"/g)).toHaveLength(15);
});

describe("a root with this lock file", () => {
  const folder = temporary();
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test("is initialized without a change to it, and not with another provider than it names", async () => {
    const example = "persona-grants-minimal";
    fs.symlinkSync(path.join(ROOT, "modules"), path.join(folder, "modules"));
    fs.cpSync(path.join(ROOT, "examples", example), path.join(folder, "examples", example), { recursive: true });
    const root = path.join(folder, "examples", example);
    await succeed(root, "init", "-lockfile=readonly");
    const lock = path.join(root, ".terraform.lock.hcl");
    fs.writeFileSync(lock, fs.readFileSync(lock, "utf8").replace(/"(h1|zh):./g, '"$1:0'));
    fs.rmSync(path.join(root, ".terraform"), { recursive: true });
    await expect(succeed(root, "init", "-lockfile=readonly")).rejects.toThrow(/checksums|doesn't match/);
  }, 120_000);
});
