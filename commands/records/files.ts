import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { NotUnderstood } from "../program/exit";
import { readFile, unreadable } from "../program/files";
import type { LogEvent } from "./entries";

/** What a person may give for a log, for help texts. */
export const LOG_HELP = `A log is a file, or a folder of files, each gzipped or not, of
  - an export of the log group to S3 (aws logs create-export-task): <time> <record> a line
  - aws logs filter-log-events, get-log-events, or a result that Logs Insights has exported as JSON
  - records, one a line (aws logs tail --format short)`;

/**
 * The log events of files.
 *
 * @param paths files, or folders with such files
 * @throws Error where one cannot be read
 */
export function* readLogs(paths: readonly string[]): Generator<LogEvent> {
  for (const path of paths) for (const file of filesOf(path)) yield* eventsIn(textOf(file));
}

function filesOf(path: string): string[] {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) throw new NotUnderstood(`There is no log ${path}.\n\n${LOG_HELP}`);
  if (!there.isDirectory()) return [path];
  const inside = listed(path);
  return inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const EXPECTED = "a log, as report --help has it";

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, EXPECTED, error);
  }
}

function textOf(file: string): string {
  const bytes = readFile(file, EXPECTED);
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return (isGzipped ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new Error(`The log ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** What the AWS CLI and the console write: one JSON document. */
type Document = { readonly events?: readonly Event[] } | readonly (Event | { readonly "@message"?: string })[];
interface Event {
  readonly message?: string;
  /** Epoch milliseconds. */
  readonly timestamp?: number;
}

function* eventsIn(text: string): Generator<LogEvent> {
  const document = documentIn(text);
  if (document === undefined) {
    for (const line of text.split("\n")) if (line !== "") yield { text: line, at: timeOf(line) };
    return;
  }
  for (const event of "events" in document ? (document.events ?? []) : (document as readonly Event[])) {
    const { "@message": insights, message = insights, timestamp } = event as Event & { "@message"?: string };
    // Insights' own export has objects in the place of what is JSON.
    const text = typeof message === "object" ? JSON.stringify(message) : message;
    if (text !== undefined)
      yield { text, at: typeof timestamp === "number" ? new Date(timestamp).toISOString() : undefined };
  }
}

/** The whole text as one document; nothing where it is lines. */
function documentIn(text: string): Document | undefined {
  if (!/^\s*(?:\[|\{\s*"(?:events|searchedLogStreams|nextForwardToken)")/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Document;
  } catch {
    return undefined;
  }
}

const timeOf = (line: string): string | undefined => /^\d{4}-\d\d-\d\dT[\d:.]+Z?/.exec(line)?.[0];
