import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Freed } from "../../prover/smt";

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;
/** Has what nobody needs collected, and told to whom it concerns. */
const settle = async (): Promise<void> => {
  for (let round = 0; round < 5; round++) {
    collect();
    await setImmediate();
  }
};

test("what nobody needs any more is freed when nothing is being decided", async () => {
  const freed: string[] = [];
  const known = FinalizationRegistry;
  const waiting = new Freed();
  const registry = await waiting.during(() =>
    Promise.resolve(new FinalizationRegistry<string>((name) => freed.push(name))),
  );
  expect(FinalizationRegistry).toBe(known);
  const forget = (name: string): void => registry.register({}, name);

  forget("before");
  await settle();
  expect(freed).toEqual(["before"]);
  const decided = await waiting.after(async () => {
    forget("meanwhile");
    await settle();
    return [...freed];
  });
  expect(decided).toEqual(["before"]);
  expect(freed).toEqual(["before", "meanwhile"]);
});
