import { look } from "../belongings";
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

/** The end. */
export function removal(year: () => Year): void {
  test("all is removed, and nothing is left", async () => {
    const { deployment, places } = year();
    const addresses = (await deployment.resources()).map(({ address }) => address);
    await deployment.terraform("destroy", "-auto-approve");
    year().note("all removed", all("delete", ...addresses));
    // Not Terraform's: the subscriber's own, and the account's, as docs/operations.md says.
    const { endpoint } = deployment.sandbox;
    const { QueueUrl } = await deployment.aws<{ QueueUrl: string }>(
      ...["sqs", "get-queue-url", "--queue-name", "auditors", "--endpoint-url", endpoint],
    );
    await deployment.aws("sqs", "delete-queue", "--queue-url", QueueUrl, "--endpoint-url", endpoint);
    await deployment.aws("logs", "delete-log-group", "--log-group-name", "/aws/sagemaker/studio");
    expect(await deployment.terraform("state", "list")).toBe("");
    expect(await deployment.left()).toEqual([]);
    const { homes } = await look(deployment.sandbox.env, places);
    expect(Object.values(homes)).toEqual([false, false]);
    const account = ["--account-id", deployment.sandbox.account];
    expect(await deployment.aws("s3control", "list-access-grants-instances", ...account)).toEqual({
      AccessGrantsInstancesList: [],
    });
  });
}
