import { type Belongings, type Changes, type Settings, YearlyDeployment } from "./deployment";

// A year of ordinary changes: each is planned, exactly these addresses change, and nobody loses anything.

jest.setTimeout(600_000);

let year: YearlyDeployment;
let settings: Settings;
let before: Belongings;

const grant = (sub_prefix: string, permission = "READWRITE"): object => ({ sub_prefix, permission });
const policy = (id: string, when: string): string =>
  `@id("${id}")\npermit (principal is DataZone::Project, action, resource)\nwhen { ${when} && ["READ"].containsAll(context.permissions) };\n`;

beforeAll(async () => {
  year = await YearlyDeployment.open();
  const { catalog, settings: world } = year.world;
  settings = {
    neighbour_tags: { month: "january" },
    tags: { team: "product" },
    subnets: { "us-east-1a": "10.0.0.0/20" },
    personas: {
      userA: { grants: { product: grant("Product/*"), own: grant("UserA/*") } },
      userB: { grants: { product: grant("Product/*"), own: grant("UserB/*") } },
    },
    policies: { "public-data": policy("public-data", 'resource.terms.contains("Public")') },
    projects: { sales: { id: catalog.projects.sales } },
    subscriptions: { owners: { protocol: "sqs", endpoint: catalog.inbox.arn, raw_message_delivery: true } },
    retention_days: 30,
    dataset_bucket: world["SANDBOX_DATASET_BUCKET"]!,
    domain_id: catalog.domain,
  };
  await year.plan(settings);
  await year.apply();
  await year.moveIn();
  before = await year.belongings();
});
afterAll(async () => await year?.close());

/** Plans a change, holds it against what may change, applies it, and looks whether everybody still has what was theirs. */
async function change(what: Settings, expected: Changes | ((changes: Changes) => void)): Promise<void> {
  settings = { ...settings, ...what };
  const planned = await year.plan(settings);
  if (typeof expected === "function") expected(planned);
  else expect(planned).toEqual(expected);
  await year.apply();
  expect(await year.belongings()).toMatchObject({
    ...before,
    subscribers: expect.arrayContaining([...before.subscribers]) as unknown,
  });
  expect(await year.plan(settings)).toEqual({});
}

/** Nothing goes, and nothing is made anew. */
const nothingReplaced = (changes: Changes): void =>
  expect(Object.entries(changes).filter(([, action]) => action !== "update")).toEqual([]);

test("a first plan holds", async () => {
  expect(await year.plan(settings)).toEqual({});
});

test("January: a tag of what the modules depend on", async () => {
  await change({ neighbour_tags: { month: "february" } }, (changes) => {
    expect(changes["aws_ssm_parameter.neighbour"]).toBe("update");
    nothingReplaced(changes);
  });
});

test("February: a tag of their own", async () => {
  await change({ tags: { team: "research" } }, nothingReplaced);
});

test("March: a persona's grant, and nothing else", async () => {
  const { userB } = settings["personas"] as Record<string, object>;
  const grants = { product: grant("Product/*", "READ"), own: grant("UserA/*") };
  await change(
    { personas: { userA: { grants }, userB } },
    {
      'module.studio.module.access.module.persona["userA"].aws_s3control_access_grant.grant["product"]': "replace",
    },
  );
});

test("April: one more Availability Zone: the domain stays, its subnets are changed by the command", async () => {
  await change({ subnets: { "us-east-1a": "10.0.0.0/20", "us-east-1b": "10.0.16.0/20" } }, (changes) => {
    const touched = Object.entries(changes).filter(([, action]) => action !== "create");
    // The new subnet's route table leads to S3 too, and the roles may run jobs in it.
    expect(touched).toEqual([
      ["module.studio.module.network[0].aws_vpc_endpoint.s3_endpoint", "update"],
      ['module.studio.module.studio.aws_iam_role_policy.role_policy["userA"]', "update"],
      ['module.studio.module.studio.aws_iam_role_policy.role_policy["userB"]', "update"],
    ]);
    expect(Object.keys(changes).filter((address) => /domain|profile|bucket/.test(address))).toEqual([]);
  });
  const { update_subnets_command: command } = await year.outputs();
  await year.aws(...command.split(" ").slice(1));
  expect(await year.plan(settings)).toEqual({});
});

test("May: one more person", async () => {
  const personas = settings["personas"] as Record<string, object>;
  await change({ personas: { ...personas, userC: { grants: { product: grant("Product/*", "READ") } } } }, (changes) => {
    expect(Object.values(changes).filter((action) => action === "replace" || action === "delete")).toEqual([]);
    const others = Object.entries(changes).filter(([address]) => !address.includes('["userC"]'));
    // In place, and nothing but what the others' roles say.
    expect(others.filter(([address, action]) => !/role_policy\[/.test(address) || action !== "update")).toEqual([]);
  });
});
