import { CommanderError } from "commander";

/** What the exit codes of everything in commands/ mean; docs/program.md says the same. */
export const EXIT_CODES =
  "Exit codes: 0 the answer is yes, or it is done; 1 the answer is no, or could not be had; 2 the command was not understood, " +
  "or names something that is not there; 3 it could not be found out (access drift alone).";

/** The answer is no, or could not be had; what there is to say has been said. */
export class AnswerIsNo extends Error {
  constructor(readonly exitCode: 1 | 2 = 1) {
    super();
  }
}

/** The command is not one, or names something that is not there: a file, a set, an environment, a persona. */
export class NotUnderstood extends Error {}

/** Whether the answer is yes or no could not be found out, where that is told from no. */
export class NotFoundOut extends Error {}

/** The exit code of a command that ended with an error. */
export function exitCodeOf(error: unknown): 0 | 1 | 2 | 3 {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AnswerIsNo) return error.exitCode;
  if (error instanceof NotFoundOut) return 3;
  return error instanceof NotUnderstood || codeOf(error).startsWith("ERR_PARSE_ARGS") ? 2 : 1;
}

/** What there is to say of an error: without a stack, and of the network in words. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const unreachable = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
  if (unreachable.test(codeOf(error)))
    return `AWS cannot be reached (${error.message || codeOf(error)}). Is there a network, and are Region, proxy and AWS_ENDPOINT_URL right?`;
  if (error.name === "CredentialsProviderError")
    return `There are no AWS credentials that work (${error.message}). Set AWS_PROFILE, or log in again.`;
  return error instanceof CommanderError ? inWords(error) : error.message;
}

/** Commander's own words begin with "error:", and say nothing where it has shown its help instead. */
const inWords = ({ code, message }: CommanderError): string =>
  code === "commander.help"
    ? "A command is missing: --help lists those that there are."
    : message.replace(/^error: /, "");

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown } | undefined)?.code ?? "");
