import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf } from "../../commands/program/exit";
import { readFile, readText, unreadable, unwritable, write } from "../../commands/program/files";

const folder = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const failing = (code: string) => Object.assign(new Error(`${code}: raw, open 'x'`), { code });

test.each([
  ["ENOENT", "x is not there. Expected is a plan.", 2],
  ["ENOTDIR", "x is not there. Expected is a plan.", 2],
  ["EISDIR", "x is a folder. Expected is a plan.", 2],
  ["EACCES", "x may not be read by this user. Expected is a plan.", 1],
  ["EIO", "x cannot be read: EIO: raw, open 'x'. Expected is a plan.", 1],
])("%s is told as what is there, and what is expected", (code, says, exitCode) => {
  const error = unreadable("x", "a plan", failing(code));
  expect([error.message, exitCodeOf(error)]).toEqual([says, exitCode]);
});

test.each([
  ["EACCES", "x cannot be written: this user may not"],
  ["ENOSPC", "x cannot be written: the disk is full"],
])("%s of what is written, too", (code, says) => expect(unwritable("x", failing(code)).message).toBe(says));

test("what there is is read and written", () => {
  const file = join(folder, "a");
  write(file, "text");
  expect(readFile(file, "a text").toString()).toBe("text");
  writeFileSync(file, "\uFEFFtext");
  expect(readText(file, "a text")).toBe("text");
  expect(() => readFile(folder, "a text")).toThrow(`${folder} is a folder. Expected is a text.`);
  expect(() => write(folder, "text")).toThrow(`${folder} cannot be written: `);
});
