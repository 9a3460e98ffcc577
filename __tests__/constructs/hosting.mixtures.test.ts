import fc from "fast-check";
import { ARN, LITERAL, mixed, PROPS, rendered } from "./hosting-fixtures";
import { VERBS } from "./hosting-verbs";

/** Known values that leave the decision to the others. */
const KNOWN = { ...LITERAL, name: "a", queue: { arn: ARN } };

test.each(VERBS)("%s: no variable that decides is ever left out", (_verb, deciding, make) => {
  fc.assert(
    fc.property(fc.subarray(PROPS), (literals) => {
      const text = JSON.stringify(rendered((variables) => make(mixed(literals, KNOWN, variables))));
      const left = deciding.filter((prop) => !literals.includes(prop) && !text.includes(`var.${prop}`));
      expect(left).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
