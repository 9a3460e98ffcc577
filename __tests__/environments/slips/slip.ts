/** One slip: what is written in place of something in right.ts, and what is said about it. */
export interface Slip {
  readonly what: string;
  readonly instead: string;
  readonly written: string;
  /** How each line begins, behind the file and the position. */
  readonly says: readonly string[];
}

export const slip = (what: string, instead: string, written: string, ...says: readonly string[]): Slip => ({
  what,
  instead,
  written,
  says,
});

export const APPROVAL = "subscriptionApproval";
export const HEARD = `${APPROVAL}.notifications.subscriptions`;
export const NETWORK = "studioAccess.network.create";
export const PERSONAS = "studioAccess.personas";
