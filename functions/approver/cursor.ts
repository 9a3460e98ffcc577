import * as z from "zod/mini";

/** Where a sweep goes on: a project, and the page of its pending requests. */
export interface Place {
  readonly projectId: string;
  readonly nextToken?: string;
}

const places = z.array(z.strictObject({ projectId: z.string(), nextToken: z.optional(z.string()) }));

/** Places as one opaque text, so that nobody comes to depend on what is in it. */
export const encodeCursor = (of: readonly Place[]): string => Buffer.from(JSON.stringify(of)).toString("base64url");

/** @throws where it is not the cursor of a sweep's answer */
export function decodeCursor(cursor: string): Place[] {
  try {
    return places.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new Error("The cursor is not one that a sweep has answered with");
  }
}
