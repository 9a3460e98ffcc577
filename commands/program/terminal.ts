import { stripVTControlCharacters, styleText } from "node:util";
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
  /** Characters in a line, where there is a terminal. */
  readonly width?: number | undefined;
}

/** The process's own. */
export function processTerminal(): Terminal {
  // Whoever reads only the beginning (`| head`) has closed the pipe. The answer is found all the same: it is the exit code, too.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    color: process.stdout.isTTY === true && !process.env["NO_COLOR"] && process.stdout.hasColors(),
  };
}

export const paint = ({ color }: Terminal, style: Style, text: string): string =>
  color ? styleText(FORMATS[style], text, { validateStream: false }) : text;

const BLANK = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "" },
  ...{ "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
};

/**
 * Rows in columns, without lines: as good to read as to cut and grep. Where the terminal is too narrow for them, each row is a paragraph.
 *
 * @param head names of the columns; none where it is empty
 */
export function table(terminal: Terminal, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const options = { chars: BLANK, style: { head: [], border: [], "padding-left": 0, "padding-right": 0 } };
  const drawn = new Table(options);
  drawn.push(
    ...(head.length > 0 ? [head.map((cell) => paint(terminal, "quiet", cell))] : []),
    ...rows.map((row) => [...row]),
  );
  const lines = drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  if (fits(terminal, lines)) return lines.join("\n");
  return rows.map((row) => paragraph(terminal, head, row)).join("\n");
}

/** Whether lines can be shown without being broken. */
export const fits = ({ width = Infinity }: Terminal, lines: readonly string[]): boolean =>
  lines.every((line) => stripVTControlCharacters(line).length <= width);

function paragraph(terminal: Terminal, head: readonly string[], cells: readonly string[]): string {
  if (head.length === 0) return filled(cells, terminal.width ?? Infinity);
  const [first = "", ...others] = cells;
  const width = Math.max(...head.map((name) => name.length));
  const lines = others.map((cell, i) => {
    return cell && `    ${paint(terminal, "quiet", (head[i + 1] ?? "").padEnd(width))}  ${cell}`;
  });
  return [first, ...lines.filter(Boolean)].join("\n");
}

/** Cells one after the other, and on the next line, indented, where a line is full. */
function filled(cells: readonly string[], width: number): string {
  const [first = "", ...others] = cells;
  const lines = [first];
  for (const cell of others) {
    const longer = `${lines.at(-1)}  ${cell}`;
    if (stripVTControlCharacters(longer).length <= width) lines[lines.length - 1] = longer;
    else lines.push(`      ${cell}`);
  }
  return lines.join("\n");
}

/** How wide texts are: as the terminal, up to what is good to read, which is also what is written where there is none. */
export const widthOf = ({ width = Infinity }: Pick<Terminal, "width">): number => Math.min(width, 100);

/** The start of a line after which the text stands: indentation, a dash, or a first column. */
const START = /^ *(?:- |(?:\S+ )*\S+ {2,})?/;

/**
 * Breaks the lines of a text, between words, at a width. What goes on stands below the beginning of its text: behind the dash of an item, in the
 * second column of a list. A text is written without breaks of its own, then: a paragraph, an item, or an entry a line.
 */
export const wrapped = (text: string, width: number): string =>
  text
    .split("\n")
    .flatMap((line) => {
      const start = START.exec(line)![0];
      // Where the first column leaves too little, below the line.
      const indent = " ".repeat(start.length <= width / 2 ? start.length : /^ */.exec(line)![0].length);
      const lines = [""];
      for (const word of line.slice(start.length).split(/ +/)) {
        const longer = [lines.at(-1), word].filter(Boolean).join(" ");
        if ((lines.length === 1 ? start : indent).length + longer.length <= width) lines[lines.length - 1] = longer;
        else lines.push(word);
      }
      return lines.map((one, i) => ((i === 0 ? start : indent) + one).trimEnd());
    })
    .join("\n");
