import { styleText } from "node:util";
import Table from "cli-table3";

/** What a thing that is said looks like; colour only adds to what the words say. */
export type Style = "good" | "bad" | "doubtful" | "quiet" | "strong";

const FORMATS = { good: "green", bad: "red", doubtful: "yellow", quiet: "dim", strong: "bold" } as const;

/** Where a command says what it has to say. */
export interface Terminal {
  /** Results, line by line. */
  readonly print: (text: string) => void;
  /** What is not a result: progress, problems. */
  readonly note: (text: string) => void;
  /** Whether there is somebody who sees colours: a terminal, and no NO_COLOR (https://no-color.org). */
  readonly color: boolean;
}

/** The process's own. */
export const processTerminal = (): Terminal => ({
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  color: process.stdout.isTTY === true && !process.env["NO_COLOR"] && process.stdout.hasColors(),
});

export const paint = ({ color }: Terminal, style: Style, text: string): string =>
  color ? styleText(FORMATS[style], text, { validateStream: false }) : text;

const BLANK = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "" },
  ...{ "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
};

/** Rows in columns, without lines: as good to read as to cut and grep. */
export function table(terminal: Terminal, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const options = { chars: BLANK, style: { head: [], border: [], "padding-left": 0, "padding-right": 0 } };
  const drawn = new Table(options);
  drawn.push(
    head.map((cell) => paint(terminal, "quiet", cell)),
    ...rows.map((row) => [...row]),
  );
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
