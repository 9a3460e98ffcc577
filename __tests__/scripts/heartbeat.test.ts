/* eslint-disable-next-line @typescript-eslint/no-require-imports -- jest loads reporters as they are: plain JavaScript */
const Heartbeat = require("../support/heartbeat") as new () => {
  onRunStart(): void;
  onTestFileStart(test: object): void;
  onTestCaseResult(test: object, result: { title: string }): void;
  onTestFileResult(test: object): void;
  onRunComplete(): void;
};

let said: string[];
beforeEach(() => {
  jest.useFakeTimers();
  said = [];
  jest.spyOn(process.stderr, "write").mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test("a test file that takes minutes is heard of at least every half minute, until it has ended", async () => {
  const file = { path: "/project/__tests__/deployed/x.test.ts", context: { config: { rootDir: "/project" } } };
  const reporter = new Heartbeat();
  reporter.onRunStart();
  reporter.onTestFileStart(file);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(said).toEqual(["… deployed/x.test.ts: 0 tests done\n"]);
  reporter.onTestCaseResult(file, { title: "a second plan is empty" });
  await jest.advanceTimersByTimeAsync(30_000);
  expect(said.at(-1)).toBe("… deployed/x.test.ts: 1 tests done, the last: a second plan is empty\n");
  reporter.onTestFileResult(file);
  const before = said.length;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(said).toHaveLength(before);
  reporter.onRunComplete();
  expect(jest.getTimerCount()).toBe(0);
});
