#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { access } from "./access";
import { asset } from "./asset";
import { policy } from "./policy";
import { type MakeCommand, PROGRAM } from "./program/command";
import { AnswerIsNo, EXIT_CODES, exitCodeOf, messageOf } from "./program/exit";
import { widthOf, wrapped } from "./program/terminal";
import { type World, processWorld } from "./program/world";
import { report } from "./report";
import { verify } from "./verify";

/** The commands, in the order of help: a new one is a file of its own, and a line here. */
const COMMANDS: readonly MakeCommand[] = [policy, access, report, verify, asset];

/** The program, for a world. */
export function program(world: World): Command {
  const width = widthOf(world);
  const made = new Command(PROGRAM)
    .description("Answers about data access before and after it is given.")
    .addHelpText("after", `\n${wrapped(EXIT_CODES, width)}`);
  COMMANDS.forEach((make) => made.addCommand(make(world)));
  each(made, (one) =>
    one
      .exitOverride()
      .configureOutput({
        writeOut: (text) => world.print(text.trimEnd()),
        writeErr: (text) => world.note(text.trimEnd()),
        getOutHelpWidth: () => width,
        getErrHelpWidth: () => width,
      })
      .configureHelp({ boxWrap: wrapped })
      .showHelpAfterError(`Usage: ${nameOf(one)} ${one.usage()}\n(${nameOf(one)} --help says more)`)
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
  const json = args.includes("--json");
  try {
    await program(world).parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === 0 || error instanceof AnswerIsNo) return code;
    // Whoever reads JSON reads that it failed there, too; commander has said in words what it did not understand.
    if (json) world.print(JSON.stringify({ error: messageOf(error) }, undefined, 2));
    else if (!(error instanceof CommanderError)) world.note(messageOf(error));
    return code;
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
