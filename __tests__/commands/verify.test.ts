import { readFileSync } from "node:fs";
import * as path from "node:path";
import { CHECKS } from "../../commands/verify/checks";

test("what the README says that only a real account can prove is what verify tries, in that order", () => {
  const readme = readFileSync(path.resolve(__dirname, "../../README.md"), "utf8");
  const [, section] = readme.split("## What only a real account can prove");
  const bullets = [...section!.matchAll(/^- (.*)$/gm)].map(([, bullet]) => /^`([a-z-]+)`: /.exec(bullet!)?.[1]);
  expect(bullets).toEqual(CHECKS.map(({ id }) => id));
});
