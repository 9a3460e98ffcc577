/** Runs a command on the process's arguments: what goes wrong is told without a stack, and with exit code 1. */
export function runCommand(command: (args: string[], print: (line: string) => void) => Promise<void>): void {
  command(process.argv.slice(2), console.log).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
