import * as fs from "node:fs";
import * as path from "node:path";
import { problemsOf } from "./files";
import { CONTRADICTIONS } from "./slips/contradictions";
import { KEYS } from "./slips/keys";
import { USELESS } from "./slips/useless";
import { VALUES } from "./slips/values";

const SLIPS = [...KEYS, ...VALUES, ...USELESS, ...CONTRADICTIONS];
const right = fs.readFileSync(path.join(__dirname, "slips/right.ts"), "utf8");

/** The file of an environment that is named so, with one thing changed. */
const file = (name: string, instead = "", written = ""): string =>
  right.replace(instead, () => written).replaceAll("staging", name);

const SAID = /^(?<file>\S+?)(?::(?<line>\d+):(?<column>\d+))?: (?<says>.*)$/;

describe("what typical slips in an environment's file are told", () => {
  let said: ReadonlyMap<string, readonly string[]>;
  const name = (index: number): string => `slip${index}`;

  beforeAll(async () => {
    const slips = SLIPS.map(({ instead, written }, i) => [name(i), file(name(i), instead, written)] as const);
    said = await problemsOf({ right: file("right"), ...Object.fromEntries(slips) });
  }, 120_000);

  test("a file that is right: nothing", () => expect(said.get("right")).toBeUndefined());

  test("there are at least 80", () => expect(SLIPS.length).toBeGreaterThanOrEqual(80));

  test.each(SLIPS.map((slip, i) => [slip.what, slip, i] as const))("%s", (_what, { instead, written, says }, i) => {
    expect(right).toContain(instead);
    const heard = (said.get(name(i)) ?? []).map((line) => SAID.exec(line)!.groups!);
    const expected = says.map((start) => start.replaceAll("staging", name(i)));
    expect(heard.filter((line) => !expected.some((start) => line.says!.startsWith(start)))).toEqual([]);
    expect(expected.filter((start) => !heard.some((line) => line.says!.startsWith(start)))).toEqual([]);
    // Each stands where its prop, or what is around that, is written.
    const source = file(name(i), instead, written).split("\n");
    for (const { file: where, line, column, says: text } of heard) {
      expect(path.basename(where!)).toBe(`${name(i)}.ts`);
      if (!line) continue;
      const there = /^["[]?([\w-]+)/.exec(source[Number(line) - 1]!.slice(Number(column) - 1))![1]!;
      expect(text!.split(/[.:[\] ]/)).toContain(there);
    }
  });
});
