import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listGrants, listLocations } from "../../../commands/access/listing";
import type { Account } from "../../../commands/program/world";
import { sagemaker } from "../../../sandbox/sagemaker";
import { ACCOUNT, BUCKET, INSTANCE, roleArn, startStudio, type Studio } from "../../sandbox/access-grants/studio";
import { ran, results } from "../run";
import { worldIn } from "../studio-clients";

// With the SDK's own clients, against an instance that answers GetDataAccess: what is said is what is given.

let place: Studio;
let account: () => Promise<Account>;
/** A client in a Region where nobody made an instance. */
let regional: () => Account["s3"];

beforeAll(async () => {
  place = await startStudio([(surroundings) => sagemaker(surroundings)]);
  await place.grant("usera", "UserA/*", "READWRITE");
  await place.grant("usera", "Product/*", "READ");
  await place.grant("userb", "Product/*", "READWRITE");
  await place.grant("userb", "UserA/shared.csv", "READ", { S3PrefixType: "Object" });
  const { studio, s3 } = worldIn(place.sandbox, () => Promise.reject(new Error())).connect("us-east-1");
  account = () => Promise.resolve({ id: ACCOUNT, region: "us-east-1", s3, studio });
  regional = () => worldIn(place.sandbox, () => Promise.reject(new Error())).connect("eu-central-1").s3;
}, 120_000);
afterAll(() => place.stop());

interface Said {
  readonly grants: readonly { readonly persona: { readonly id: string }; readonly answers: readonly string[] }[];
}
const who = async (target: string): Promise<Said> =>
  JSON.parse((await results(["access", "who", target, "--json"], { account })).join("\n")) as Said;

/** Whether GetDataAccess gives a persona credentials. */
async function isGiven(role: string, Target: string, Permission: string): Promise<boolean> {
  const credentials = await place.session(role);
  return place.control("get_data_access", { Target, Permission }, credentials).then(
    () => true,
    () => false,
  );
}

test.each(["UserA/data.csv", "UserA", "UserA/shared.csv", "Product/in/x", "Product/*", "UserA/*", "*"])(
  "who reaches %s is who GetDataAccess gives credentials",
  async (key) => {
    const target = `s3://${BUCKET}/${key}`;
    const { grants } = await who(target);
    for (const role of ["usera", "userb", "stranger"]) {
      const answers = grants.filter(({ persona }) => persona.id === roleArn(role)).flatMap(({ answers }) => answers);
      for (const permission of ["READ", "WRITE", "READWRITE"]) {
        expect([role, permission, answers.includes(permission)]).toEqual([
          role,
          permission,
          await isGiven(role, target, permission),
        ]);
      }
    }
  },
);

describe("drift, with answers that the SDK parsed", () => {
  /** A state of the provider's resources, with the ids that S3 Access Grants gave. */
  async function state(): Promise<
    { readonly type: string; readonly address: string; readonly values: Record<string, unknown> }[]
  > {
    const { s3 } = await account();
    const [grants, locations] = await Promise.all([listGrants(s3, ACCOUNT), listLocations(s3, ACCOUNT)]);
    const instance = {
      access_grants_instance_id: "default",
      access_grants_instance_arn: INSTANCE,
      account_id: ACCOUNT,
    };
    return [
      {
        type: "aws_s3control_access_grants_instance",
        address: "aws_s3control_access_grants_instance.this",
        values: instance,
      },
      ...locations.map(({ AccessGrantsLocationId, LocationScope, IAMRoleArn, AccessGrantsLocationArn }, i) => ({
        type: "aws_s3control_access_grants_location",
        address: `aws_s3control_access_grants_location.l${i}`,
        values: {
          access_grants_location_id: AccessGrantsLocationId,
          access_grants_location_arn: AccessGrantsLocationArn,
          location_scope: LocationScope,
          iam_role_arn: IAMRoleArn,
        },
      })),
      ...grants.map((one, i) => ({
        type: "aws_s3control_access_grant",
        address: `aws_s3control_access_grant.g${i}`,
        values: {
          access_grant_id: one.AccessGrantId,
          access_grant_arn: one.AccessGrantArn,
          access_grants_location_id: one.AccessGrantsLocationId,
          grant_scope: one.GrantScope,
          permission: one.Permission,
          grantee: [{ grantee_type: one.Grantee?.GranteeType, grantee_identifier: one.Grantee?.GranteeIdentifier }],
        },
      })),
    ];
  }
  const driftOf = async (
    resources: readonly object[],
  ): Promise<{ readonly code: number; readonly error: string; readonly drifts: object[] }> => {
    const file = join(mkdtempSync(join(tmpdir(), "drift-")), "state.json");
    writeFileSync(file, JSON.stringify({ values: { root_module: { resources } } }));
    const { code, out, error } = await ran(["access", "drift", file, "--json"], { account });
    return { code, error, ...(JSON.parse(out.join("\n")) as { drifts: object[] }) };
  };

  test("there is none where a state has what was granted", async () => {
    expect(await driftOf(await state())).toMatchObject({ code: 0, drifts: [] });
  });

  test("a grant that the state lacks is by hand, one that AWS lacks is gone, and a location's other role is told", async () => {
    const all = await state();
    const grants = all.filter(({ type }) => type === "aws_s3control_access_grant");
    const [first, second] = grants;
    const changed = all.flatMap((one) => {
      if (one === first) return [];
      if (one === second) return [{ ...one, values: { ...one.values, access_grant_id: "none-such" } }];
      return one.type.endsWith("_location")
        ? [{ ...one, values: { ...one.values, iam_role_arn: roleArn("other") } }]
        : [one];
    });
    const { code, drifts } = await driftOf(changed);
    expect(code).toBe(1);
    expect(drifts).toEqual([
      expect.objectContaining({ is: "other", what: "location" }),
      expect.objectContaining({ is: "gone", what: "grant", id: "none-such" }),
      expect.objectContaining({ is: "by hand", what: "grant", id: first!.values["access_grant_id"] }),
      expect.objectContaining({ is: "by hand", what: "grant", id: second!.values["access_grant_id"] }),
    ]);
  });

  test("where the instance is not there, it is gone", async () => {
    const elsewhere = () => account().then((one) => ({ ...one, s3: regional() }));
    const file = join(mkdtempSync(join(tmpdir(), "drift-")), "state.json");
    writeFileSync(file, JSON.stringify({ values: { root_module: { resources: [(await state())[0]] } } }));
    const { code, out } = await ran(["access", "drift", file, "--json"], { account: elsewhere });
    expect([code, JSON.parse(out.join("\n"))]).toMatchObject([1, { drifts: [{ is: "gone", what: "instance" }] }]);
  });
});

test("the matrix names roles that no user profile has", async () => {
  expect(await results(["access", "matrix"], { account })).toMatchInlineSnapshot(`
    [
      "                    usera        userb",
      "s3://product-data/",
      "  Product/*         READ         READWRITE  shared",
      "  UserA/*           READWRITE    -          private",
      "  UserA/shared.csv  (READWRITE)  READ       opened to usera",
      "",
      "s3://product-data/UserA/shared.csv is one's own, and open to usera by s3://product-data/UserA/*",
      "",
      "Not known: what roles may do by policies of their own, such as a profile's scratch folder and the data set loader: ask an environment, a plan or a state",
      "",
      "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
    ]
  `);
  expect(await place.departures()).toEqual([]);
});
