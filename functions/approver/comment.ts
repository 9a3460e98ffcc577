import type { Decision } from "./decide";

/** The longest decision comment that DataZone takes (AcceptSubscriptionRequest, `decisionComment`). */
export const MAXIMUM_COMMENT = 4096;

/** How every comment of a deployment starts, whatever its policies: this tells its own decisions from others'. */
export const commentPrefix = (name: string): string => `[${name} `;

/** The decision comment: who, from which policy set, by which policies, and what they say. */
export function decisionComment(
  name: string,
  digest: string,
  { policies, comments }: Pick<Decision, "policies" | "comments">,
): string {
  return cut(
    `${commentPrefix(name)}${digest.slice(0, 12)}] ${policies.join(", ")}${comments.length > 0 ? ": " : ""}${comments.join(" ")}`,
  );
}

/** Cut to what a comment may hold, between characters, never inside a surrogate pair. */
export const cut = (text: string): string => text.slice(0, MAXIMUM_COMMENT).replace(/[\uD800-\uDBFF]$/, "");
