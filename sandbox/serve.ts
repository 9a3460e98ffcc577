import { rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSandbox } from ".";
import { shellExports } from "./exports";

const USAGE = `npm run sandbox -- [--port N] [--with-parent]

A local AWS in the foreground, until it is interrupted. The first time it installs moto and the AWS CLI (about half a minute, which
it says). What a shell needs to talk to it is printed, and stands in .sandbox/<port>.sh for as long as it runs:

  . .sandbox/4566.sh && aws sts get-caller-identity

  --port N        the port on 127.0.0.1, 0 to 65535 (default 0: any free port)
  --with-parent   end when standard input does, for programs that start it
  --help          this text

Everything that it is asked is logged in .sandbox/calls-<time>.ndjson. More: docs/sandbox.md`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, "with-parent": { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return console.log(USAGE);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is "${values.port}": give a number from 0 (any free port) to 65535.`);
  }
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  process.stderr.write("Starting a local AWS\n");
  const sandbox = await startSandbox({ port, log: `.sandbox/calls-${time}.ndjson` });
  const exported = `.sandbox/${new URL(sandbox.endpoint).port}.sh`;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    rmSync(exported, { force: true });
    stopping ??= sandbox.stop().then(() => process.exit());
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  if (values["with-parent"]) process.stdin.on("end", stop).on("error", stop).resume();

  // For a program its standard output; npm's own lines stand before it there, so for a person a file.
  const exports = shellExports(sandbox.env);
  writeFileSync(exported, exports);
  process.stdout.write(exports);
  process.stderr.write(`It runs at ${sandbox.endpoint} until Ctrl-C. In another shell: . ${exported}\n`);
}

main().catch((error: Error) => {
  console.error(`${error.message}\nHow it is used: npm run sandbox -- --help`);
  process.exit(1);
});
