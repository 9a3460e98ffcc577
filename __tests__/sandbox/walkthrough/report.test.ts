import { Writable } from "node:stream";
import { Report } from "../../../sandbox/walkthrough/report";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A report that is kept, on a terminal or not. */
function kept(isTTY: boolean): { report: Report; lines: () => string[] } {
  let printed = "";
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => ((printed += chunk.toString()), done()) });
  return { report: new Report(Object.assign(out, { isTTY })), lines: () => printed.split("\n").slice(0, -1) };
}

test("a step that takes minutes is heard of at least every half minute, without a terminal too", async () => {
  const { report, lines } = kept(false);
  const step = report.step("a local Spark:", async (state) => {
    state("downloading: 100 MB");
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    state("installing: 3 done");
    await new Promise((resolve) => setTimeout(resolve, 30_000));
  });
  await jest.advanceTimersByTimeAsync(60_000);
  await step;
  expect(lines()).toEqual([
    "   … a local Spark: downloading: 100 MB 20 s",
    "   … a local Spark: installing: 3 done 40 s",
    "   a local Spark: installing: 3 done, 60 s",
  ]);
});

test("a step that fails says what it was at", async () => {
  const { report, lines } = kept(false);
  const failing = report.step("cdktf:", async (state) => {
    state("12 of 88 resources");
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(lines()).toEqual(["   ✗ cdktf: 12 of 88 resources 0 s"]);
});

test("what was broken is counted and named at the end", () => {
  const { report, lines } = kept(false);
  report.promise("a second plan is empty", true);
  report.promise("destroy leaves nothing", false, ["a queue"]);
  report.summary();
  expect([report.held, report.broken]).toEqual([1, ["destroy leaves nothing"]]);
  expect(lines().slice(2)).toEqual([
    '     seen: ["a queue"]',
    "",
    "1 of 2 promises held.",
    "   ✗ destroy leaves nothing",
  ]);
});

test.each([
  ["on a terminal", true, undefined, true],
  ["on a terminal, with NO_COLOR", true, "1", false],
  ["in a file", false, undefined, false],
])("colours %s", (_, isTTY, setting, colours) => {
  const before = process.env["NO_COLOR"];
  if (setting === undefined) delete process.env["NO_COLOR"];
  else process.env["NO_COLOR"] = setting;
  try {
    const { report, lines } = kept(isTTY);
    report.part("A part");
    report.command("aws sts get-caller-identity");
    report.promise("it holds", true);
    expect(lines().join("\n").includes("\x1b[")).toBe(colours);
  } finally {
    if (before === undefined) delete process.env["NO_COLOR"];
    else process.env["NO_COLOR"] = before;
  }
});
