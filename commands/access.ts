import { matrix, what, who } from "./access/ask";
import { drift } from "./access/drift-command";
import { type MakeCommand, group } from "./program/command";

/** `access`: who can reach what, and why. */
export const access: MakeCommand = (world) =>
  group(
    "access",
    "who can reach what, and by which grant",
    [matrix, who, what, drift].map((make) => make(world)),
  );
