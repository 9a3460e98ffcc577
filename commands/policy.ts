import { check } from "./policy/check";
import { diff } from "./policy/diff";
import { find } from "./policy/find";
import { prove } from "./policy/prove";
import { replay } from "./policy/replay";
import { test } from "./policy/test";
import { type MakeCommand, group } from "./program/command";

/** `policy`: what approval policies would do, without deploying anything. */
export const policy: MakeCommand = (world) =>
  group(
    "policy",
    "what approval policies would do",
    [check, test, prove, diff, replay, find].map((make) => make(world)),
  );
