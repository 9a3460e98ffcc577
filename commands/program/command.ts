import { Command } from "commander";
import type { World } from "./world";

/** The name of the program, as the npm package installs it. */
export const PROGRAM = "sagemaker-data-access";

/** Makes a command for the world that it works in. */
export type MakeCommand = (world: World) => Command;

/** What help says of a command. */
export interface Description {
  /** Its name and arguments, as commander writes them: `diff <old> <new>`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  readonly details?: string;
  /** Without the name of the program. */
  readonly examples: readonly string[];
}

/** A command that does something. Each has an example in its help, and `--json`. */
export function command({ usage, summary, details, examples }: Description): Command {
  const [name, ...given] = usage.split(" ");
  const made = new Command(name).summary(summary).description([summary, details].filter(Boolean).join("\n\n"));
  given.forEach((argument) => made.argument(argument));
  const lines = examples.map((example) => `  $ ${PROGRAM} ${example}`);
  return made.option("--json", "say it as JSON, for programs").addHelpText("after", `\nExample:\n${lines.join("\n")}`);
}

/** A command that has only subcommands. */
export function group(name: string, summary: string, subcommands: readonly Command[]): Command {
  const made = new Command(name).summary(summary).description(summary);
  subcommands.forEach((subcommand) => made.addCommand(subcommand));
  return made;
}
