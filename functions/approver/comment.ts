import type { Decision } from "./decide";

/** The longest decision comment that DataZone takes (AcceptSubscriptionRequest, `decisionComment`). */
export const MAXIMUM_COMMENT = 4096;

/** How many characters of a policy set's digest a comment carries. */
const DIGEST = 12;

/** The decision comment: who, from which policy set, by which policies, and what they say. */
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
 * What a decision comment of this deployment says.
 *
 * @returns undefined where it is not one of its own; the policies without the last one where the comment had to be cut in it
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

/** Cut to what a comment may hold, between characters, never inside a surrogate pair. */
export const cut = (text: string): string => text.slice(0, MAXIMUM_COMMENT).replace(/[\uD800-\uDBFF]$/, "");
