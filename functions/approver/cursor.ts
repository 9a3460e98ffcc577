import * as z from "zod/mini";

/** Where a sweep continues: a project, and a page of its pending requests. */
export interface Place {
  readonly projectId: string;
  readonly nextToken?: string;
}

const places = z.array(z.strictObject({ projectId: z.string(), nextToken: z.optional(z.string()) }));

/** Encodes places as one opaque text, so that nobody depends on its content. */
export const encodeCursor = (of: readonly Place[]): string => Buffer.from(JSON.stringify(of)).toString("base64url");

/** Decodes a cursor. @throws if it is not one that a sweep has answered with */
export function decodeCursor(cursor: string): Place[] {
  try {
    return places.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new Error("The cursor must be one that a sweep has answered with: pass it on unchanged");
  }
}
