import type { Account } from "../../../commands/program/world";
import { sagemaker } from "../../../sandbox/sagemaker";
import { ACCOUNT, BUCKET, roleArn, startStudio, type Studio } from "../../sandbox/access-grants/studio";
import { results } from "../run";
import { worldIn } from "../studio-clients";

// With the SDK's own clients, against an instance that answers GetDataAccess: what is said is what is given.

let place: Studio;
let account: () => Promise<Account>;

beforeAll(async () => {
  place = await startStudio([(surroundings) => sagemaker(surroundings)]);
  await place.grant("usera", "UserA/*", "READWRITE");
  await place.grant("usera", "Product/*", "READ");
  await place.grant("userb", "Product/*", "READWRITE");
  await place.grant("userb", "UserA/shared.csv", "READ", { S3PrefixType: "Object" });
  const { studio, s3 } = worldIn(place.sandbox, () => Promise.reject(new Error())).connect("us-east-1");
  account = () => Promise.resolve({ id: ACCOUNT, region: "us-east-1", s3, studio });
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
