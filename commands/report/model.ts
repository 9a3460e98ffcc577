/** Somebody or something with an id of the domain's, and with a name where one is known. */
export interface Named {
  readonly id: string;
  readonly name?: string;
}

/** What one can be told of any request. */
interface Asked {
  readonly id: string;
  readonly domain: string;
  readonly environment: string;
  /** The publishing project, whose people decide what policies leave. */
  readonly project: Named;
  readonly listing?: Named;
  /** For whom access is asked: a project, user, group or role. */
  readonly subscriber?: Named;
  readonly requester?: Named;
  /** ISO 8601, as every time here. */
  readonly requestedAt?: string;
}

/** A request that was accepted or rejected: each is here once. */
export interface Decided extends Asked {
  readonly outcome: "approved" | "rejected";
  readonly at: string;
  /** The deciding policies; none where a person decided. */
  readonly policies: readonly string[];
  /** Digest of their set, or its first 12 characters. */
  readonly set?: string;
  /** The user who decided by hand, by the domain's id, or `unknown`. */
  readonly person?: string;
  readonly severity?: string;
}

/** A request that waits for a person, or for a repair. */
export interface Waiting extends Asked {
  readonly since: string;
  readonly why: readonly string[];
  /** What leaves it to a person. */
  readonly policies: readonly string[];
  readonly isFailed: boolean;
}

/** A policy set that decided something. */
export interface KnownSet {
  readonly digest: string;
  /** The policies' texts by their ids; nothing where they were not found. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Where they were found. */
  readonly where?: string;
}

/** All that a report shows. Nothing of it was written by a requester. */
export interface Report {
  readonly madeAt: string;
  /** What it was made of, a line each. */
  readonly sources: readonly string[];
  readonly decided: readonly Decided[];
  readonly waiting: readonly Waiting[];
  readonly sets: readonly KnownSet[];
  /** Records that are no decision: dry runs, repeats, reminders, and what was left alone. */
  readonly notCounted: Readonly<Record<"dryRuns" | "repeats" | "waiting" | "left" | "unreadable", number>>;
}
