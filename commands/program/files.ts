import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InvalidArgumentError } from "commander";
import { NotUnderstood } from "./exit";

/**
 * Reads a file that a person named.
 *
 * @param expected what has to be there, and how to get it: `a requests file (docs/policies.md)`
 * @throws Error that says what is there instead
 */
export function readFile(path: string, expected: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, expected, error);
  }
}

/** Why a path cannot be read, in words: Node.js says it by the name of an errno. */
export function unreadable(path: string, expected: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const meant = `Expected is ${expected}.`;
  if (code === "ENOENT" || code === "ENOTDIR") return new NotUnderstood(`${path} is not there. ${meant}`);
  if (code === "EISDIR") return new NotUnderstood(`${path} is a folder. ${meant}`);
  if (code === "EACCES" || code === "EPERM") return new Error(`${path} may not be read by this user. ${meant}`);
  return new Error(`${path} cannot be read: ${message}. ${meant}`, { cause: error });
}

/** The same as text: of UTF-8, and of the UTF-16 that `>` writes in Windows' PowerShell, without the mark that either may begin with. */
export function readText(path: string, expected: string): string {
  const bytes = readFile(path, expected);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/** Reads JSON that a person named. @throws Error that says where it is none */
export function readJson(path: string, expected: string): unknown {
  const text = readText(path, expected);
  if (text.trim() === "") throw new Error(`${path} is empty. Expected is ${expected}.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${placed((error as Error).message, text)}. Expected is ${expected}.`);
  }
}

/** A parser's message, with the line and column in the place of a number of characters, and without what the file holds. */
function placed(message: string, text: string): string {
  const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? NaN);
  const what = message.replace(/ (in JSON )?at position .*$|, "?(\.\.\.)?".* is not valid JSON$/s, "");
  if (Number.isNaN(position)) return what;
  const lines = text.slice(0, position).split("\n");
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}: ${what}`;
}

/** For commander: the path of a folder. @throws where there is none */
export function folder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new InvalidArgumentError("There is no such folder.");
}

/** For commander: the path of a file to write. @throws where nothing could be written there: before the work, not after */
export function writable(path: string): string {
  const there = (at: string) => statSync(at, { throwIfNoEntry: false });
  if (there(path)?.isDirectory()) throw new InvalidArgumentError("It is a folder: give a file.");
  const parent = dirname(path);
  if (!there(parent)?.isDirectory()) throw new InvalidArgumentError(`There is no folder ${parent}: make it first.`);
  return path;
}

/** Writes a file that a person named. */
export function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Why a path cannot be written, in words. */
export function unwritable(path: string, error: unknown): Error {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const why = {
    EACCES: "this user may not",
    EPERM: "this user may not",
    EROFS: "it is read-only",
    ENOSPC: "the disk is full",
  };
  return new Error(`${path} cannot be written: ${why[code as keyof typeof why] ?? message}`, { cause: error });
}
