import { empty, inStudio, makeSpaces } from "../studio";
import { all, type Year } from "../year";
import { grants, profile, role } from "./persona";

/** Who leaves. */
export function leaving(year: () => Year): void {
  describe("a persona who leaves while her space runs", () => {
    beforeAll(async () => await makeSpaces(year().deployment, "userC"));

    test("is not taken off before the space is emptied", async () => {
      const before = await inStudio(year().deployment);
      const staying = Object.entries(year().settings.personas).filter(([name]) => name !== "userC");
      const personas = Object.fromEntries(staying);
      const planned = all("delete", ...role("userC"), ...profile("userC"), ...grants("userC", ["own", "product"]));
      await year().stopped("a persona leaves, with a space that runs", { personas }, /it\s+owns\s+Space/, planned);
      expect(await inStudio(year().deployment)).toEqual(before);
    });

    test("is when the documented command has emptied it", async () => {
      await empty(year().deployment, "--persona", "userC");
      // Her grants went before.
      const rest = all("delete", ...role("userC"), ...profile("userC"));
      await year().change("the same, emptied by npm run studio", {}, rest);
      const { Own, Called } = await inStudio(year().deployment);
      expect([Own, Called].flat()).not.toContain("userC");
    });
  });
}
