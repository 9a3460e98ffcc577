#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { access } from "./access";
import { asset } from "./asset";
import { policy } from "./policy";
import { AnswerIsNo, type MakeCommand, NotFoundOut, PROGRAM } from "./program/command";
import { type World, processWorld } from "./program/world";
import { report } from "./report";
import { verify } from "./verify";

/** The commands, in the order of help: a new one is a file of its own, and a line here. */
const COMMANDS: readonly MakeCommand[] = [policy, access, report, verify, asset];

const EXIT_CODES = `
Exit codes: 0 the answer is yes, or it is done; 1 the answer is no, or could not be had; 2 the command was not understood;
3 it could not be found out (access drift).`;

/** The program, for a world. */
export function program(world: World): Command {
  const made = new Command(PROGRAM)
    .description("Answers about data access before and after it is given.")
    .addHelpText("after", EXIT_CODES);
  COMMANDS.forEach((make) => made.addCommand(make(world)));
  each(made, (one) =>
    one
      .exitOverride()
      .configureOutput({
        writeOut: (text) => world.print(text.trimEnd()),
        writeErr: (text) => world.note(text.trimEnd()),
      })
      .showHelpAfterError(`(${nameOf(one)} --help says more)`)
      .helpCommand(false),
  );
  return made;
}

/**
 * Runs the program.
 *
 * @param args without the names of Node.js and the program
 * @returns the exit code
 */
export async function run(args: readonly string[], world: World): Promise<0 | 1 | 2 | 3> {
  try {
    await program(world).parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof AnswerIsNo)) world.note(error instanceof Error ? error.message : String(error));
    return error instanceof NotFoundOut ? 3 : 1;
  }
}

function each(command: Command, change: (command: Command) => void): void {
  change(command);
  command.commands.forEach((subcommand) => each(subcommand, change));
}

const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

if (require.main === module) {
  void run(process.argv.slice(2), processWorld()).then((code) => {
    process.exitCode = code;
  });
}
