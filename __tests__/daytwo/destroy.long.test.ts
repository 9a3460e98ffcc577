import { type Belongings, expectAllThere, look, moveIn, type Places, placesIn } from "./belongings";
import { YearlyDeployment } from "./deployment";
import { empty, inStudio, makeSpaces } from "./studio";

// What people made, and somebody else's grant, stop a destroy before anything that holds somebody's work is gone.

jest.setTimeout(600_000);

let year: YearlyDeployment;
let places: Places;
let before: Belongings;

beforeAll(async () => {
  year = await YearlyDeployment.open({ approval: false });
  await year.become("today's");
  await year.plan();
  await year.apply();
  places = placesIn(await year.resources());
  before = await moveIn(year.sandbox.env, places);
  await makeSpaces(year, "userA");
});
afterAll(async () => await year?.close());

/** What protects each bucket. */
async function protections(): Promise<unknown> {
  const found = places.buckets.map(async (bucket) => {
    const of = <T>(what: string): Promise<T> => year.aws<T>("s3api", `get-${what}`, "--bucket", bucket);
    const { Policy } = await of<{ Policy: string }>("bucket-policy");
    return [
      JSON.parse(Policy),
      await of("bucket-versioning"),
      await of("public-access-block"),
      await of("bucket-encryption"),
    ];
  });
  return await Promise.all(found);
}

describe("destroy", () => {
  let guarded: unknown;
  let stranger: string[];
  beforeAll(async () => {
    guarded = await protections();
    const account = ["--account-id", year.sandbox.account];
    const { AccessGrantsLocationsList } = await year.aws<{
      AccessGrantsLocationsList: { AccessGrantsLocationId: string; LocationScope: string }[];
    }>("s3control", "list-access-grants-locations", ...account);
    const ids: string[] = [];
    for (const { AccessGrantsLocationId } of AccessGrantsLocationsList) {
      const { AccessGrantId } = await year.aws<{ AccessGrantId: string }>(
        ...["s3control", "create-access-grant", ...account, "--access-grants-location-id", AccessGrantsLocationId],
        ...["--access-grants-location-configuration", "S3SubPrefix=Product/*", "--permission", "READ"],
        ...["--grantee", `GranteeType=IAM,GranteeIdentifier=${year.world.catalog.people.analyst}`],
      );
      ids.push(AccessGrantId);
    }
    stranger = ids;
  });

  const destroy = async (): Promise<string> => await year.terraform("destroy", "-auto-approve");
  const isAllThere = async (): Promise<void> => {
    // Profiles go side by side: that of somebody without a space may be gone. What they had is in the domain's home file system.
    const { Own = [], Called = [], ...others } = await inStudio(year);
    for (const domain of [Own, Called]) {
      expect(domain.filter((name) => name !== "userB")).toEqual(["userA", "userA-lab runs"]);
    }
    expect(others).toEqual({});
    expectAllThere(await look(year.sandbox.env, places), before);
    expect(await protections()).toEqual(guarded);
  };

  test("with somebody else's grants in the locations stops there", async () => {
    expect(stranger).toHaveLength(2);
    await expect(destroy()).rejects.toThrow(/Access\s+Grants\s+Location/);
    await isAllThere();
  });

  test("with a space that a person made stops at the profile", async () => {
    for (const id of stranger)
      await year.aws("s3control", "delete-access-grant", "--account-id", year.sandbox.account, "--access-grant-id", id);
    await expect(destroy()).rejects.toThrow(/it\s+owns\s+Space/);
    await isAllThere();
  });

  test("leaves nothing when the spaces are emptied by the documented command", async () => {
    await empty(year);
    await destroy();
    // The account's, not the domain's, as docs/operations.md says.
    await year.aws("logs", "delete-log-group", "--log-group-name", "/aws/sagemaker/studio");
    expect(await year.left()).toEqual([]);
    expect(await year.terraform("state", "list")).toBe("");
    const { homes } = await look(year.sandbox.env, places);
    expect(Object.values(homes)).toEqual([false, false]);
  });
});
