import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ran, results } from "./run";

const TEN = "examples/requests/ten.json";
const set = (name: string) => join("policies", name);

const run = (...args: string[]) => results(["policy", ...args]);

describe("test", () => {
  it("says for each request what would happen, which policy decides, and that it is as expected", async () => {
    const lines = await run("test", TEN, set("prod"));
    expect(lines.slice(0, 2)).toEqual([
      "1. A dev project asks for public data",
      "  policies/prod  approved by public-data  ✓",
    ]);
    expect(lines[11]).toBe("  policies/prod  waiting by allowed-terms  ✓");
    expect(lines[15]).toBe("  policies/prod  rejected by projects-only  ✓");
    expect(lines[19]).toBe(
      "  policies/prod  waiting because resource.columnTerms is unknown: null in the requests file  ✓",
    );
    expect(lines.slice(20)).toEqual(["10 as expected, 0 not"]);
  });

  it("compares sets, whatever they come from", async () => {
    const lines = await run("test", TEN, set("approve-all"), "prod", set("dev"));
    expect(lines.slice(8, 12)).toEqual([
      "3. Another project asks for internal data",
      "  policies/approve-all  approved by read-access  ✓",
      "  prod                  waiting by allowed-terms  ✓",
      "  policies/dev          approved by low-sensitivity  ✓",
    ]);
  });

  it("gives the same as JSON", async () => {
    const [first] = JSON.parse((await run("test", TEN, set("dev"), "--json")).join("\n"));
    expect(first).toMatchObject({
      request: "1. A dev project asks for public data",
      decisions: [
        {
          set: "policies/dev",
          environment: "dev",
          outcome: "approved",
          expected: "approved",
          policies: ["dev-projects", "low-sensitivity"],
        },
      ],
    });
  });

  it("fails where it is not as expected, in the environment that is said", async () => {
    const { code, out } = await ran(["policy", "test", TEN, set("dev"), "--environment", "prod"]);
    expect(code).toBe(1);
    expect(out[5]).toBe("  policies/dev  approved by low-sensitivity  ✗ expected waiting");
    expect(out.at(-1)).toBe("7 as expected, 3 not");
    expect((await ran(["policy", "test", TEN, set("dev"), "--environment", "prod", "--json"])).code).toBe(1);
  });
});

describe("check", () => {
  it("prints the digest", async () => {
    expect(await run("check", set("dev"), set("kill-switch"))).toEqual([
      expect.stringMatching(/^policies\/dev: 3 policies, valid, digest [0-9a-f]{64}$/),
      expect.stringMatching(/^policies\/kill-switch: 1 policy, valid, digest [0-9a-f]{64}$/),
    ]);
  });

  it("warns of what is seldom meant", async () => {
    expect(await run("check", set("approve-all"))).toEqual([
      expect.stringMatching(/valid, digest/),
      expect.stringMatching(
        /^ {2}warning: policies\/approve-all\/read-access\.cedar:1:1: this permit is guarded by nothing/,
      ),
    ]);
  });

  it("fails where any set is wrong or not there, and says what of each", async () => {
    const folder = mkdtempSync(join(tmpdir(), "set-"));
    writeFileSync(join(folder, "a.cedar"), '@id("a") permit (principal, action, resource) when { oops };');
    const args = ["policy", "check", folder, set("dev"), "nowhere"];
    const { code, out, err } = await ran(args);
    expect(code).toBe(2);
    expect((await ran(args.slice(0, -1))).code).toBe(1);
    expect(out).toEqual([expect.stringMatching(/^policies\/dev/)]);
    expect(err).toContain(`${join(folder, "a.cedar")}:1:54: invalid variable: oops`);
    expect(err).toContain(
      "Which policy set is nowhere? There is no such file or folder, and no environment of that name.",
    );
    const told = JSON.parse((await ran([...args, "--json"])).out.join("\n"));
    expect(told).toMatchObject([
      { error: expect.any(String) },
      { set: "policies/dev", warnings: [] },
      { error: expect.any(String) },
    ]);
    rmSync(folder, { recursive: true });
  });
});

it("finds the set of an environment", async () => {
  expect((await run("test", TEN, "prod"))[15]).toBe("  prod  rejected by projects-only  ✓");
});

describe("a requests file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "requests-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const test = (content: unknown) => {
    const file = join(folder, "requests.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return run("test", file, set("dev"));
  };
  const minimal = {
    name: "r",
    subscriber: { id: "s", name: "s", details: {} },
    publisher: { id: "p", name: "p" },
    assets: [{ id: "a", terms: ["Public"] }],
  };

  it("may leave out what has an obvious default", async () => {
    expect(await test({ requests: [minimal] })).toEqual(["r", "  policies/dev  approved by low-sensitivity"]);
  });

  it.each([
    ["waiting", "  policies/dev  approved by low-sensitivity  ✗ expected waiting"],
    [{ dev: "approved", prod: "waiting" }, "  policies/dev  approved by low-sensitivity  ✓"],
    [{ prod: "waiting" }, "  policies/dev  approved by low-sensitivity  (nothing expected for dev)"],
  ])("may say to expect %j", async (expected, line) => {
    const file = join(folder, "requests.json");
    writeFileSync(file, JSON.stringify({ requests: [{ ...minimal, expect: expected }] }));
    expect((await ran(["policy", "test", file, set("dev")])).out[1]).toBe(line);
  });

  it("counts what is expected of other environments alone: a name that is mistaken is no success", async () => {
    const file = join(folder, "requests.json");
    const expects = [{ dev: "approved" }, { dve: "rejected" }, undefined, "approved"];
    writeFileSync(file, JSON.stringify({ requests: expects.map((expect) => ({ ...minimal, expect })) }));
    const { code, out } = await ran(["policy", "test", file, set("dev")]);
    expect([code, out.at(-1)]).toEqual([0, "2 as expected, 0 not, 1 without an expectation for dev"]);
  });

  it.each([
    ["{", /is not JSON: line 1, column 2: /],
    ["", /is empty\. Expected is a requests file/],
    [
      { requests: [{ ...minimal, expect: "accepted" }] },
      /requests\.0\.expect: must be approved or rejected or waiting, or an object of these by name \(given: "accepted"\)/,
    ],
    [
      { requests: [{ ...minimal, expect: { dev: "yes" } }] },
      /requests\.0\.expect\.dev: must be approved or rejected or waiting \(given: "yes"\)/,
    ],
    [[], /the file: must be an object \(given: \[\]\)/],
    [{ requests: [] }, /requests: must be a list of at least 1 \(given: \[\]\)/],
    [{ requests: [{ ...minimal, asets: [] }] }, /requests\.0: asets is not known here\. Did you mean assets\?/],
    [{ requests: [{ ...minimal, owner: 1 }] }, /requests\.0: owner is not known here; known here: name, expect, sub/],
    [
      { requests: [{ ...minimal, assets: [{ id: "a", permissions: ["DELETE"] }] }] },
      /requests\.0\.assets\.0\.permissions\.0: must be READ or WRITE \(given: "DELETE"\)/,
    ],
    [{ requests: [{ ...minimal, assets: [{ id: "" }] }] }, /assets\.0\.id: must be a text that is not empty/],
    [{ requests: [{ ...minimal, now: "tomorrow" }] }, /now: must be a time as 2027-01-01T00:00:00Z \(given: "tom/],
    [{ requests: [{ ...minimal, alreadySubscribed: "no" }] }, /alreadySubscribed: must be true or false \(given: "no"/],
    [{ requests: [{ ...minimal, assets: [{ id: "a" }, { id: "b" }] }] }, /requests\.0\.product: more than one asset/],
    [{ requests: [{ ...minimal, subscriber: { id: "s" } }] }, /subscriber\.name: is missing, and must be a text/],
  ])("%j is refused with the path of what is wrong", async (content, reason) => {
    await expect(test(content)).rejects.toThrow(reason);
  });
});

describe("prove", () => {
  it("says of each property whether it is proven, and fails where one is not, with a short counterexample", async () => {
    const user = "principal is DataZone::User";
    const { code, out } = await ran(["policy", "prove", set("dev"), set("kill-switch"), "--never", user]);
    expect(code).toBe(1);
    expect(out).toContainEqual(
      expect.stringMatching(/^ {2}✓ proven {2}nothing-to-write: Requests for more than reading .* \(\d+ ms\)$/),
    );
    const at = out.findIndex((line) => line.startsWith("  ✗"));
    expect(out.slice(at, at + 4)).toEqual([
      expect.stringMatching(/^ {2}✗ not so {2}never: principal is DataZone::User \(\d+ ms\)$/),
      '      User subscriber-1 "analytics"',
      expect.stringMatching(/^ {6}asks for asset asset-1 "Orders", terms "(Internal|Public)"$/),
      "      approved by low-sensitivity",
    ]);
    expect(out.at(-1)).toBe("8 proven, 1 not so, 0 not proven");
  });

  it("gives a counterexample as JSON that `test` decides the same", async () => {
    const { out } = await ran([
      "policy",
      "prove",
      set("approve-all"),
      "--never",
      'resource.terms.contains("PII")',
      "--json",
    ]);
    const proofs = JSON.parse(out.join("\n")) as { outcome: string; request?: object; decision?: object }[];
    expect(proofs.map(({ outcome }) => outcome)).toEqual(["proven", "proven", "proven", "refuted"]);
    const file = join(mkdtempSync(join(tmpdir(), "example-")), "requests.json");
    writeFileSync(file, JSON.stringify({ requests: [{ ...proofs[3]!.request, expect: "approved" }] }));
    expect((await ran(["policy", "test", file, set("approve-all")])).code).toBe(0);
    rmSync(file);
  });

  it("has to be given something to prove", async () => {
    const folder = mkdtempSync(join(tmpdir(), "set-"));
    writeFileSync(join(folder, "p.cedar"), '@id("p") permit (principal, action, resource);');
    await expect(run("prove", folder)).rejects.toThrow(
      /There is nothing to prove about .*Give --properties or --never/,
    );
    expect(
      (
        await run("prove", folder, "--properties", "policies/kill-switch/properties").catch((error: Error) => error)
      ).toString(),
    ).toBe("Error");
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["--timeout", "0"],
    ["--timeout", "soon"],
  ])("refuses %s %s", async (...option) => {
    expect(await ran(["policy", "prove", set("dev"), ...option])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not a number of seconds/),
    });
  });
});

describe("diff", () => {
  it("proves that nothing changes", async () => {
    const { code, out } = await ran(["policy", "diff", set("prod"), "prod"]);
    expect(out).toEqual(
      ["approved", "rejected", "waiting", "approved with other filters"].map(
        (what) => `✓ newly ${what}: nothing, proven`,
      ),
    );
    expect(code).toBe(0);
  });

  it("says what changes, with an example, and fails", async () => {
    const { code, out } = await ran(["policy", "diff", set("kill-switch"), set("approve-all")]);
    expect(code).toBe(1);
    expect(out).toEqual([
      "≠ newly approved, for example",
      '    Project subscriber-1 "analytics"',
      '    asks for asset asset-1 "Orders"',
      "    before: waiting by kill-switch",
      "    after:  approved by read-access",
      "✓ newly rejected: nothing, proven",
      "✓ newly waiting: nothing, proven",
      "✓ newly approved with other filters: nothing, proven",
    ]);
    const json = JSON.parse(
      (await ran(["policy", "diff", set("kill-switch"), set("approve-all"), "--json"])).out.join("\n"),
    );
    expect(json[0]).toMatchObject({
      newly: "approved",
      is: "some",
      before: { outcome: "waiting" },
      after: { outcome: "approved" },
    });
  });
});
