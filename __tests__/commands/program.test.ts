import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { program } from "../../commands/program";
import { EXIT_CODES, exitCodeOf, messageOf } from "../../commands/program/exit";
import { type Terminal, paint, processTerminal, table, wrapped } from "../../commands/program/terminal";
import { processWorld } from "../../commands/program/world";
import { ran } from "./run";

const nothing = () => undefined;
const SILENT = {
  print: nothing,
  note: nothing,
  color: false,
  dataZone: () => Promise.reject(new Error()),
  account: () => Promise.reject(new Error()),
  logs: () => Promise.reject(new Error()),
  parameters: () => Promise.reject(new Error()),
  wait: () => Promise.resolve(),
};

/** Every command that does something, with the words that lead to it. */
const commands = (
  of: Command = program(SILENT),
  words: readonly string[] = [],
): [string, readonly string[], Command][] =>
  of.commands.flatMap((one) => {
    const path = [...words, one.name()];
    return one.commands.length > 0 ? commands(one, path) : [[path.join(" "), path, one]];
  });

describe.each(commands())("%s", (name, path, command) => {
  it("answers --help, with an example of itself that is understood", async () => {
    const { code, out } = await ran([...path, "--help"]);
    expect(code).toBe(0);
    const examples = out.flatMap((line) => /^ {2}\$ sagemaker-data-access (.*)$/.exec(line)?.[1] ?? []);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(example.startsWith(`${name} `)).toBe(true);
      // Parsed, not run: a word or option that is not known would be refused.
      const parsed = command.copyInheritedSettings(command).parseOptions(example.split(" ").slice(path.length));
      expect(parsed.unknown).toEqual([]);
    }
  });

  it.each([80, undefined])("is broken into lines once in its help, in a terminal of %s characters", async (width) => {
    const { out } = await ran([...path, "--help"], { width });
    const most = width ?? 100;
    const lines = out.filter((line) => !line.startsWith("  $ "));
    expect(lines.filter((line) => line.length > most && /^ *\S+ .* /.test(line))).toEqual([]);
    // A line goes on in the next one only where the next word had no room in it.
    const early = lines.filter((line, i) => {
      const [, word] = /^ *((?!- )[a-z][^ ]*) \S/.exec(lines[i + 1] ?? "") ?? [];
      const isText = /[a-z,]$/.test(line) && !/ {2,}\S/.test(line.trimStart()) && !/^\w+:/.test(line);
      return (
        isText &&
        word !== undefined &&
        !/ {2,}\S/.test(lines[i + 1]!.trimStart()) &&
        line.length + 1 + word.length <= most
      );
    });
    expect(early).toEqual([]);
    expect(out.join("\n")).not.toContain("(default: [])");
  });

  it("has --json, and a summary of one line", () => {
    expect(command.options.map(({ long }) => long)).toContain("--json");
    expect(command.summary()).toMatch(/^[^\n]{10,120}$/);
  });

  it("refuses what it does not know, with exit code 2 and where to look", async () => {
    const { code, err } = await ran([...path, "--no-such-option"]);
    expect(code).toBe(2);
    expect(err).toContain(`(sagemaker-data-access ${name} --help says more)`);
  });
});

it("the program lists its commands, and says what its exit codes mean", async () => {
  const { code, out } = await ran(["--help"]);
  expect(code).toBe(0);
  for (const [name] of commands()) expect(out.join("\n")).toContain(`\n  ${name.split(" ")[0]} `);
  expect(out.join("\n")).toMatch(/Exit codes: 0 .* 1 .* 2 /);
});

it.each([[[]], [["nothing"]], [["policy"]]])("%j is answered with what there is, and exit code 2", async (args) => {
  const { code, err } = await ran(args);
  expect(code).toBe(2);
  expect(err).toMatch(/policy|--help/);
});

it("docs/program.md says of each exit code what help says", () => {
  const rows = [...readFileSync("docs/program.md", "utf8").matchAll(/^\| (\d) \| (.*?) ?(?:\(|:|\|)/gm)];
  expect(rows.map(([, code]) => Number(code))).toEqual([0, 1, 2, 3]);
  for (const [, code, says] of rows) {
    const [, told] = new RegExp(`${code} (.*?)(?:;|\\.$| \\()`).exec(EXIT_CODES) ?? [];
    expect(says!.startsWith("`access drift` alone") ? "it could not be found out" : says).toContain(
      told!.split(",")[0],
    );
  }
});

it("what cannot be reached or logged in to is told in words", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
  expect(messageOf(refused)).toMatch(
    /^AWS cannot be reached \(.*\)\. Is there a network, .* AWS_ENDPOINT_URL right\?$/,
  );
  const none = Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" });
  expect(messageOf(none)).toMatch(/^There are no AWS credentials that work .* Set AWS_PROFILE/);
  expect(exitCodeOf(none)).toBe(1);
});

it("the SDK says nothing of the Node.js of its future releases", async () => {
  delete process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"];
  const warned = jest.spyOn(process, "emitWarning").mockReturnValue(undefined);
  try {
    process.env["AWS_REGION"] = "eu-central-1";
    await processWorld().dataZone();
    expect(warned).not.toHaveBeenCalled();
  } finally {
    warned.mockRestore();
    delete process.env["AWS_REGION"];
  }
});

it("breaks lines below the beginning of their text", () => {
  expect(wrapped("one two three\n  - a b c d e f\nword  what it means", 12)).toBe(
    "one two\nthree\n  - a b c d\n    e f\nword  what\n      it\n      means",
  );
});

describe("a terminal", () => {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const { isTTY, hasColors } = process.stdout;
  const terminal = (tty: boolean, noColor: string): Terminal => {
    process.env["NO_COLOR"] = noColor;
    Object.assign(process.stdout, { isTTY: tty, hasColors: () => true });
    return processTerminal();
  };
  afterEach(() => {
    Object.assign(process.stdout, { isTTY, hasColors });
    for (const [name, value] of Object.entries({ NO_COLOR, FORCE_COLOR })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("has colours where there is one, and nobody asked for none", () => {
    expect(paint(terminal(true, ""), "good", "yes")).toBe("\u001b[32myes\u001b[39m");
    expect(paint(terminal(true, "1"), "good", "yes")).toBe("yes");
    expect(paint(terminal(false, ""), "good", "yes")).toBe("yes");
  });

  it("goes on to its exit code where the reader has closed the pipe, as `| head` does", () => {
    const exit = jest.spyOn(process, "exit").mockReturnValue(undefined as never);
    const failed = (code: string) => () => process.stdout.emit("error", Object.assign(new Error(code), { code }));
    try {
      terminal(false, "");
      expect(failed("EPIPE")).not.toThrow();
      expect(failed("EIO")).toThrow("EIO");
      expect(() => process.stderr.emit("error", Object.assign(new Error("EPIPE"), { code: "EPIPE" }))).not.toThrow();
      expect(exit).not.toHaveBeenCalled();
    } finally {
      exit.mockRestore();
      process.stdout.removeAllListeners("error");
      process.stderr.removeAllListeners("error");
    }
  });

  it("has tables in plain columns", () => {
    expect(
      table(
        { ...SILENT },
        ["what", "how"],
        [
          ["policies", "well"],
          ["é", "😀"],
        ],
      ),
    ).toBe("what      how\npolicies  well\né         😀");
  });
});
