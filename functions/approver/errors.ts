/** A failure that a later attempt may not have: the record goes back to the queue. */
export class TryAgain extends Error {
  override readonly name: string = "TryAgain";
}

/** The invocation has too little time left. */
export class OutOfTime extends TryAgain {
  override readonly name = "OutOfTime";
}

/** The request is decided but not announced: whatever else happens, the announcement has to be retried. */
export class Untold extends TryAgain {
  override readonly name = "Untold";
}

interface ServiceError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

/**
 * Whether an AWS call failed for a reason that does not pass by itself: denied, not found, not valid. Throttling, server
 * errors, and everything that never got an answer (time-outs, connections) may pass.
 */
export function isPermanent(error: unknown): boolean {
  const { name = "", $metadata } = (error ?? {}) as ServiceError;
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && status !== 429 && status !== 408 && !/Throttl|TooManyRequests/.test(name);
}

/**
 * Whether a call that failed may have been carried out all the same: its answer was lost, now or in an attempt that the SDK made
 * before the last one.
 */
export function mayHaveHappened(error: unknown): boolean {
  const { $metadata } = (error ?? {}) as ServiceError;
  const status = $metadata?.httpStatusCode ?? 500;
  return status >= 500 || ($metadata?.attempts ?? 1) > 1;
}

export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  names.includes((error as ServiceError | undefined)?.name ?? "");

/** Whether a service said that the caller may not. */
export const isDenial = (error: unknown): boolean =>
  isNamed(
    error,
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationErrorException",
    "AuthorizationError",
    "UnauthorizedException",
    "KMSAccessDeniedException",
  );

/** An error's name and message on one line. A syntax error's message is left out, because it quotes the answer, which has the requester's text. */
export function describeError(error: unknown): string {
  if (error instanceof SyntaxError) return "SyntaxError: the answer cannot be parsed";
  return error instanceof Error ? `${error.name}: ${error.message}`.replace(/\s+/g, " ") : String(error);
}

/** An error with nothing but name, message and stack: the runtime prints all properties, and an SDK's errors carry parts of answers. */
export function printable(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const quotes = error instanceof SyntaxError;
  const bare = new Error(quotes ? describeError(error) : error.message);
  bare.name = error.name;
  if (!quotes) bare.stack = error.stack;
  return bare;
}
