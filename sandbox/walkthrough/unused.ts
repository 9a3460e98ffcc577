import type { Exceptions } from "./granted";

/** What the roles of both systems have and did not use in the walkthroughs, and who tries what they may not: each with its reason. */
export const EXCEPTIONS: Exceptions = { unused: [], trying: [] };
