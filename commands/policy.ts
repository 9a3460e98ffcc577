import { check } from "./policy/check";
import { test } from "./policy/test";
import { type MakeCommand, group } from "./program/command";

/** `policy`: what approval policies would do, without deploying anything. */
export const policy: MakeCommand = (world) =>
  group(
    "policy",
    "what approval policies would do",
    [check, test].map((make) => make(world)),
  );
