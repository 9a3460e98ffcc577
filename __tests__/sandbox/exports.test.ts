import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { shellExports } from "../../sandbox/exports";

test("a shell reads every value as it is, whatever is in it", () => {
  const value = fc.string({ unit: fc.constantFrom("a", "'", '"', "$", "`", "\\", " ", "\n", "!", ";", "#", "é") });
  fc.assert(
    fc.property(value, (given) => {
      const script = `${shellExports({ GIVEN: given, PATH: `${given}:/elsewhere` })}printf '%s\\0%s' "$GIVEN" "$PATH"`;
      const printed = execFileSync("/bin/sh", ["-eu", "-c", script], { env: { PATH: "/own" }, encoding: "utf8" });
      expect(printed).toBe(`${given}\0${given}:/own`);
    }),
    { numRuns: 50 },
  );
});
