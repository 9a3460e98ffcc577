import { didYouMean, nearest } from "../../constructs/inputs/nearest";

const SETS = ["approve-all", "dev", "kill-switch", "prod"];

test.each([
  ["prd", "prod"],
  ["DEV", "dev"],
  ["dve", "dev"],
  ["approve", "approve-all"],
  ["kil-swich", "kill-switch"],
  ["staging", undefined],
  ["pp", undefined],
  ["", undefined],
])("%s is meant to be %s", (word, meant) => {
  expect(nearest(word, SETS)).toBe(meant);
  expect(didYouMean(word, SETS)).toBe(meant === undefined ? "" : ` Did you mean ${meant}?`);
});

test("the nearest of several is meant, and of none nothing", () => {
  expect(nearest("userB", ["userA", "userB", "UserB2"])).toBe("userB");
  expect(nearest("x", [])).toBeUndefined();
});
