import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy } from "../../commands/policy";

const ROOT = join(__dirname, "../..");
const TEN = join(ROOT, "examples/requests/ten.json");
const set = (name: string) => join(ROOT, "policies", name);

async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await policy(args, (line) => lines.push(line));
  return lines;
}

describe("test", () => {
  it("says for each request what would happen and which policy decides", async () => {
    const lines = await run("test", TEN, "--set", set("prod"));
    expect(lines).toHaveLength(20);
    expect(lines.slice(0, 2)).toEqual(["1. A dev project asks for public data", "  prod  approved by public-data"]);
    expect(lines[11]).toBe("  prod  waiting by allowed-terms");
    expect(lines[15]).toBe("  prod  rejected by projects-only");
    expect(lines[19]).toBe("  prod  waiting because resource.columnTerms is unknown: null in the requests file");
  });

  it("compares sets", async () => {
    const lines = await run("test", TEN, "--set", set("approve-all"), "--set", set("dev"), "--set", set("prod"));
    expect(lines.slice(8, 12)).toEqual([
      "3. Another project asks for internal data",
      "  approve-all  approved by read-access",
      "  dev          approved by low-sensitivity",
      "  prod         waiting by allowed-terms",
    ]);
  });

  it("gives the same as JSON", async () => {
    const [first] = JSON.parse((await run("test", TEN, "--set", set("dev"), "--json")).join("\n"));
    expect(first).toMatchObject({
      decisions: [{ environment: "dev", outcome: "approved", policies: ["dev-projects", "low-sensitivity"] }],
    });
  });
});

it("check prints the digest", async () => {
  expect(await run("check", "--set", set("dev"))).toEqual([
    expect.stringMatching(/^dev: 3 policies in .*dev, valid, digest [0-9a-f]{64}$/),
  ]);
});

it("check warns of what is seldom meant", async () => {
  expect(await run("check", "--set", set("approve-all"))).toEqual([
    expect.stringMatching(/valid, digest/),
    expect.stringMatching(/^ {2}warning: .*read-access\.cedar:1:1: this permit is guarded by nothing/),
  ]);
});

it("finds the set of an environment", async () => {
  const lines = await run("test", TEN, "--environment", "prod");
  expect(lines[15]).toBe("  prod  rejected by projects-only");
  await expect(run("check", "--environment", "nowhere")).rejects.toThrow(/no environment "nowhere"/);
});

it.each([[[]], [["test"]], [["explode", "--set", "x"]], [["test", "a", "b", "--set", "x"]]])(
  "%j is answered with the usage",
  async (args) => {
    await expect(run(...args)).rejects.toThrow(/npm run policy -- test/);
  },
);

describe("a requests file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "requests-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const test = (content: unknown) => {
    const file = join(folder, "requests.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return run("test", file, "--set", set("dev"));
  };
  const minimal = {
    name: "r",
    subscriber: { id: "s", name: "s", details: {} },
    publisher: { id: "p", name: "p" },
    assets: [{ id: "a", terms: ["Public"] }],
  };

  it("may leave out what has an obvious default", async () => {
    expect(await test({ requests: [minimal] })).toEqual(["r", "  dev  approved by low-sensitivity"]);
  });

  it.each([
    ["{", /cannot be read/],
    [{ requests: [] }, /requests: /],
    [{ requests: [{ ...minimal, asets: [] }] }, /requests\.0: .*asets/],
    [
      { requests: [{ ...minimal, assets: [{ id: "a", permissions: ["DELETE"] }] }] },
      /requests\.0\.assets\.0\.permissions/,
    ],
    [{ requests: [{ ...minimal, assets: [{ id: "a" }, { id: "b" }] }] }, /requests\.0\.product: more than one asset/],
    [{ requests: [{ ...minimal, subscriber: { id: "s" } }] }, /requests\.0\.subscriber\.name/],
  ])("%j is refused with the path of what is wrong", async (content, reason) => {
    await expect(test(content)).rejects.toThrow(reason);
  });
});
