import { run } from "../../commands/program";
import type { World } from "../../commands/program/world";

/** What came of a run of the program. */
export interface Ran {
  readonly code: number;
  /** Lines of results. */
  readonly out: readonly string[];
  /** All else that was said. */
  readonly err: string;
  /** What was said of a failure: as JSON among the results where these are JSON, or in `err`. */
  readonly error: string;
}

/** Runs the program without a terminal, in a world that has what it is given, and nothing else. */
export async function ran(args: readonly string[], world: Partial<World> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const nothing = () => Promise.reject(new Error("nothing may be called"));
  const print = (text: string) => void out.push(...text.split("\n"));
  const code = await run(args, {
    print,
    note: (text) => void err.push(text),
    color: false,
    dataZone: nothing,
    account: nothing,
    logs: nothing,
    parameters: nothing,
    wait: () => Promise.resolve(),
    ...world,
  });
  const [all, json] = [err.join("\n"), out.join("\n")];
  const failed = code !== 0 && args.includes("--json") && json.startsWith('{\n  "error"');
  return { code, out, err: all, error: failed ? (JSON.parse(json) as { error: string }).error : all };
}

/** The results of a run that succeeds. @throws Error with all else that was said by one that does not */
export async function results(args: readonly string[], world: Partial<World> = {}): Promise<readonly string[]> {
  const { code, out, error } = await ran(args, world);
  if (code !== 0) throw new Error(error);
  return out;
}
