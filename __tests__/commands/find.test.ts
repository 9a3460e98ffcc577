import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { digestOf } from "../../functions/approver/policies/digest";
import { FakeAws, PERMIT_ALL, denied, world } from "../functions/approver/fake";
import { ran } from "./run";

const folder = mkdtempSync(join(tmpdir(), "find-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, contents: string | Buffer): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  return path;
};

const OTHER = '@id("other") forbid (principal, action, resource);';
const SETS = { one: { all: PERMIT_ALL }, two: { all: PERMIT_ALL, other: OTHER }, three: { other: OTHER } } as const;
const digests = Object.fromEntries(Object.entries(SETS).map(([name, set]) => [name, digestOf(set)])) as Record<
  keyof typeof SETS,
  string
>;
const find = (...args: string[]) => ran(["policy", "find", ...args]);

describe("in the git history", () => {
  const repository = join(folder, "repository");
  const git = (...args: string[]): void =>
    void execFileSync("git", ["-C", repository, "-c", "user.name=x", "-c", "user.email=x@example.com", ...args], {
      stdio: "pipe",
    });
  const commit = (message: string): void => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };

  beforeAll(() => {
    mkdirSync(repository);
    git("init", "--quiet", "--initial-branch", "main");
    file("repository/README.md", "Nothing of policies");
    commit("start");
    file("repository/a b/prod/all.cedar", PERMIT_ALL);
    file("repository/a b/prod/properties/never.cedar", OTHER);
    commit("one");
    file("repository/a b/prod/other.cedar", OTHER);
    commit("two");
    git("rm", "--quiet", "-r", "a b");
    commit("none");
    git("checkout", "--quiet", "-b", "side");
    file("repository/b/other.cedar", OTHER);
    commit("three");
    git("checkout", "--quiet", "main");
  });

  it.each([
    ["one", "a b/prod"],
    ["two", "a b/prod"],
    // On another branch.
    ["three", "b"],
  ] as const)("finds a set that is there no more: %s", async (name, where) => {
    const { code, out } = await find(`[sales ${digests[name].slice(0, 12)}] all: Good.`, "--git", repository, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out.join("\n"))).toEqual({
      digest: digests[name],
      texts: SETS[name],
      where: expect.stringMatching(new RegExp(`^${where} at commit [0-9a-f]{12} of \\d{4}-\\d\\d-\\d\\d$`)),
    });
  });

  it("says where it did not look, and that the answer is no", async () => {
    const { code, out, err } = await find("0123456789ab", "--git", repository);
    expect([code, out]).toEqual([1, []]);
    expect(err).toBe(
      "No policy set with the digest 0123456789ab was found. Not looked in: the log (--log, --log-group), Parameter Store (--parameters).",
    );
    expect((await find("0123456789ab", "--no-git")).err).toContain("Not looked in: the git history (--git)");
    expect((await find("0123456789ab", "--git", folder)).code).toBe(1);
  });
});

describe("in a log", () => {
  /** What the approver's own check writes, as Lambda's log has it. */
  const logged = async (): Promise<string[]> => {
    const w = world(SETS.two);
    w.aws.on("ListProjectMemberships", () => ({ members: [] })).on("GetUserProfile", denied());
    w.aws.on("ListSubscriptionRequests", () => ({ items: [] }));
    await w.invoke({ operation: "check" });
    return w.logs.map((line) => JSON.stringify({ timestamp: "2026-03-01T12:00:00.000Z", service: "sales", ...line }));
  };
  const expected = { digest: digests.two, texts: SETS.two };
  const answer = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await find(digests.two, "--no-git", "--json", ...args)).out.join("\n"));

  it.each<[string, (lines: string[]) => string | Buffer]>([
    ["lines", (lines) => ["START RequestId: 1", ...lines, "END"].join("\n")],
    ["an export to S3", (lines) => gzipSync(lines.map((line) => `2026-03-01T12:00:00.123Z ${line}\n`).join(""))],
    [
      "filter-log-events",
      (lines) =>
        JSON.stringify({ events: lines.map((message) => ({ timestamp: 1, message: `${message}\n` })) }, null, 4),
    ],
    [
      "what Insights exports",
      (lines) => JSON.stringify(lines.map((line) => ({ "@message": JSON.parse(line) as object }))),
    ],
  ])("is found in %s", async (name, written) => {
    const path = file(`logs/${name}/0/000.log`, written(await logged()));
    expect(await answer("--log", path)).toEqual({ ...expected, where: "the log" });
    expect(await answer("--log", join(folder, "logs", name))).toEqual({ ...expected, where: "the log" });
  });

  it("is found in the log group, page by page, which is asked for nothing else", async () => {
    const lines = await logged();
    const aws = new FakeAws().on("FilterLogEvents", ({ nextToken }) =>
      nextToken === undefined
        ? { events: [{ message: lines[0], timestamp: 1 }], nextToken: "next" }
        : { events: [{ message: lines[1], timestamp: 2 }] },
    );
    const logs = () => Promise.resolve(aws as unknown as CloudWatchLogsClient);
    const args = [
      "policy",
      "find",
      digests.two,
      "--no-git",
      "--json",
      "--log-group",
      "/aws/lambda/sales",
      "--since",
      "2026-02-01",
    ];
    const { out } = await ran(args, { logs });
    expect(JSON.parse(out.join("\n"))).toEqual({ ...expected, where: "the log group /aws/lambda/sales" });
    expect(aws.inputs("FilterLogEvents")).toEqual([
      expect.objectContaining({
        startTime: Date.parse("2026-02-01"),
        filterPattern: expect.stringContaining('"policy"'),
      }),
      expect.objectContaining({ nextToken: "next" }),
    ]);
    aws.on("FilterLogEvents", denied());
    const { code, error } = await ran(args, { logs });
    expect([code, error]).toEqual([
      1,
      expect.stringMatching(/^The log group \/aws\/lambda\/sales cannot be read: AccessDenied/),
    ]);
  });

  it("is refused where there is none", async () => {
    const { code, err } = await find(digests.two, "--no-git", "--log", join(folder, "nowhere"));
    expect([code, err]).toEqual([2, expect.stringContaining("There is no log")]);
  });
});

it("is found in Parameter Store while it is live", async () => {
  const path = `/sales/policies/g1/${digests.two}`;
  const aws = new FakeAws().on("GetParametersByPath", ({ NextToken }) =>
    NextToken === undefined
      ? { Parameters: [{ Name: `${path}/all`, Value: PERMIT_ALL }], NextToken: "next" }
      : { Parameters: [{ Name: `${path}/other`, Value: OTHER }] },
  );
  const parameters = () => Promise.resolve(aws as unknown as SSMClient);
  const { out } = await ran(["policy", "find", digests.two.slice(0, 12), "--no-git", "--parameters", "sales"], {
    parameters,
  });
  expect(out).toEqual([
    `${digests.two}: 2 policies, ${path}`,
    "",
    "// all.cedar",
    PERMIT_ALL,
    "",
    "// other.cedar",
    OTHER,
  ]);
});

it("refuses what holds no digest", async () => {
  const { code, err } = await find("public-data");
  expect([code, err]).toEqual([2, expect.stringContaining("It is neither a decision comment")]);
});
