import { delimiter } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from ".";

/**
 * `npx tsx sandbox/serve.ts [--port N] [--with-parent]`: a sandbox in the foreground, until it is interrupted or, with
 * `--with-parent`, until standard input ends.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string" }, "with-parent": { type: "boolean" } } });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is "${values.port}": give a number from 0 (any free port) to 65535.`);
  }
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const sandbox = await startSandbox({ port, log: `.sandbox/calls-${time}.ndjson` });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= sandbox.stop().then(() => process.exit());
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  if (values["with-parent"]) process.stdin.on("end", stop).on("error", stop).resume();

  for (const [name, value] of Object.entries(sandbox.env)) {
    console.log(name === "PATH" ? `export PATH="${value.split(delimiter)[0]}:$PATH"` : `export ${name}='${value}'`);
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
