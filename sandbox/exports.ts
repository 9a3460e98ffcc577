import { delimiter } from "node:path";

/** Settings of a person's own that would win over the sandbox's, or name what is not there. */
const FOREIGN = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

/** A sandbox's environment as a POSIX shell sources it. Of `PATH` only the first folder is the sandbox's; the shell keeps its own. */
export function shellExports(env: Readonly<Record<string, string>>): string {
  const lines = Object.entries(env).map(([name, value]) =>
    name === "PATH" ? `export PATH=${quoted(value.split(delimiter)[0]!)}:"$PATH"` : `export ${name}=${quoted(value)}`,
  );
  return [`unset ${FOREIGN.join(" ")}`, ...lines, ""].join("\n");
}

const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
