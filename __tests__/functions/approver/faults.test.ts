import { KINDS } from "./faults/kinds";
import { expected, tally } from "./faults/matrix";

jest.setTimeout(60_000);

it.each(KINDS.map((kind) => [kind.name, kind] as const))("%s", async (_, kind) => {
  expect(await tally(kind, { seed: 1, requests: 6 })).toEqual(expected(kind, 0));
});
