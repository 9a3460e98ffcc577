import { createHash } from "node:crypto";

/** In lower-case hex. */
export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * The digest of a policy set: sha256 over the lines `<id>:<sha256 of the text>`, sorted by id, joined by newlines, in
 * lower-case hex. The same rule stands in the Terraform modules (docs/architecture.md).
 */
export const digestOf = (texts: Readonly<Record<string, string>>): string =>
  sha256(
    Object.keys(texts)
      .sort()
      .map((id) => `${id}:${sha256(texts[id]!)}`)
      .join("\n"),
  );
