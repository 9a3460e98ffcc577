import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { buildFunction, functionNames } from "../../functions/build";

const ROOT = join(__dirname, "../..");
const hash = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("the approver's bundle", () => {
  let folder: string;
  let zip: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    zip = await buildFunction("approver", ROOT, join(folder, "here"));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is byte for byte the same from a copy of the sources at another path, with other file times", async () => {
    const copy = join(folder, "a", "longer path", "to", "the project");
    for (const part of ["functions", "policies", "package.json", "tsconfig.json"]) {
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    utimesSync(join(copy, "functions/approver/index.ts"), new Date(0), new Date(0));
    const umask = process.umask(0o077);
    const zone = process.env["TZ"];
    process.env["TZ"] = "Asia/Kathmandu";
    try {
      expect(hash(await buildFunction("approver", copy, join(folder, "there")))).toBe(hash(zip));
    } finally {
      process.umask(umask);
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  }, 60_000);

  it("holds the code and Cedar, and no path of the machine that made it", () => {
    const files = unzipSync(new Uint8Array(readFileSync(zip)));
    expect(Object.keys(files)).toEqual(["cedar_wasm_bg.wasm", "index.js"]);
    const code = Buffer.from(files["index.js"]!).toString("utf8");
    expect(code).not.toContain(ROOT);
    expect(code).not.toContain("node_modules/");
    expect(code).not.toContain("sourceMappingURL");
  });

  it("stays small: a function starts in the time that its bytes take", () => {
    expect(readFileSync(zip).length).toBeLessThan(1_750_000);
  });

  it("starts by itself, with nothing beside it, and names what its environment lacks", () => {
    const start = (env: Record<string, string>): string => {
      const script =
        'try { console.log(typeof require("./index.js").handler) } catch (error) { console.log(error.message) }';
      return execFileSync(process.execPath, ["-e", script], {
        cwd: join(folder, "here", "approver"),
        env: { NODE_NO_WARNINGS: "1", ...env },
      }).toString();
    };
    expect(start({})).toMatch(
      /The function's environment is not valid: APPROVER_NAME: must be a string; ENVIRONMENT: /,
    );
    expect(
      start({
        APPROVER_NAME: "sales",
        ENVIRONMENT: "dev",
        DOMAIN_ID: "dzd_abc",
        PROJECTS_PATH: `/a/projects/1/${"0".repeat(64)}`,
        POLICIES_PATH: `/sales/policies/${"0".repeat(64)}`,
        QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales",
        DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales-dead-letters",
        TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:sales",
        OPERATORS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:operators",
        MEMBER_ROLE_ARN: "arn:aws:iam::111122223333:role/approver",
        AWS_REGION: "us-east-1",
      }),
    ).toBe("function\n");
  });
});

it("every folder with an index.ts is a function", () => {
  expect(functionNames(ROOT)).toEqual(["approver", "dataset-loader"]);
});
