import { exitCodeOf, messageOf } from "./program/exit";
import { quietSdk } from "./program/world";

/** Runs a command on the process's arguments: what goes wrong is told without a stack, and with the exit code that says what it is. */
export function runCommand(command: (args: string[], print: (line: string) => void) => Promise<void>): void {
  quietSdk();
  command(process.argv.slice(2), console.log).catch((error: unknown) => {
    console.error(messageOf(error));
    process.exitCode = exitCodeOf(error);
  });
}
