import { counts } from "../../scripts/test";

const report = {
  numPassedTests: 10,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

test.each<[string, Parameters<typeof counts>, number, number]>([
  ["tests that pass", [true, report], 10, 0],
  ["a test that fails", [false, { ...report, numFailedTests: 2 }], 10, 2],
  ["a file that cannot be loaded", [false, { ...report, numRuntimeErrorTestSuites: 1 }], 10, 1],
  ["a test that is skipped, or yet to be written", [true, { ...report, numPendingTests: 1, numTodoTests: 1 }], 10, 2],
  ["a run that ends badly after its tests", [false, report], 10, 1],
  ["a check", [true], 1, 0],
  ["a check that fails, or a run that leaves no report", [false], 0, 1],
])("%s", (_, given, passed, failed) => {
  expect(counts(...given)).toEqual({ passed, failed });
});
