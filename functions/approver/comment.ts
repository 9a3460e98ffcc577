import type { Decision } from "./decide";

/** The longest decision comment that DataZone takes (AcceptSubscriptionRequest, `decisionComment`). */
export const MAXIMUM_COMMENT = 4096;

/** How many characters of a policy set's digest a comment carries. */
const DIGEST = 12;

/** The decision comment: the approver's name, the policy set's digest, the deciding policies, and their `@comment`s. */
export function decisionComment(
  name: string,
  digest: string,
  { policies, comments }: Pick<Decision, "policies" | "comments">,
): string {
  return cut(
    `[${name} ${digest.slice(0, DIGEST)}] ${policies.join(", ")}${comments.length > 0 ? ": " : ""}${comments.join(" ")}`,
  );
}

/**
 * Reads a decision comment that this deployment has written.
 *
 * @returns undefined for any other comment; without the last policy where the comment was cut inside its id
 */
export function readComment(
  name: string,
  comment: string | undefined,
): { readonly digest: string; readonly policies: readonly string[] } | undefined {
  const start = `[${name} `;
  if (!comment?.startsWith(start)) return undefined;
  const [whole, digest, ids] =
    /^([0-9a-f]{12})\] ([a-z0-9-]+(?:, [a-z0-9-]+)*)/.exec(comment.slice(start.length)) ?? [];
  if (whole === undefined || digest === undefined || ids === undefined) return undefined;
  const policies = ids.split(", ");
  const isCut = comment.length >= MAXIMUM_COMMENT && comment[start.length + whole.length] !== ":";
  return { digest, policies: isCut ? policies.slice(0, -1) : policies };
}

/** Cuts a text to the length that a comment may have, never inside a surrogate pair. */
export const cut = (text: string): string => text.slice(0, MAXIMUM_COMMENT).replace(/[\uD800-\uDBFF]$/, "");
