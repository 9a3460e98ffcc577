import { AccessGrants, type AccessGrantsProps } from "../../constructs/access-grants/access-grants";
import definition from "../../constructs/access-grants/access-grants.module";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { attributeIn, environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources, statements } from "../support/synthesized";
import { accessGrants, iam, LAKE } from "./studio-fixtures";

const make = (props: AccessGrantsProps): { json: object; warnings: string[] } => {
  const warnings: string[] = [];
  const json = environment((stack) => {
    const access = new AccessGrants(stack, "access", props);
    const said = access.node.metadata.filter(({ type }) => type === "@cdktf/warn");
    warnings.push(...said.map(({ data }) => String(data)));
  });
  return { json, warnings };
};
const synth = (props: AccessGrantsProps): object => make(props).json;
const { locations, personas, ...others } = accessGrants.complete;
const withPersonas = (personas: AccessGrantsProps["personas"], more: object = {}): AccessGrantsProps => ({
  ...accessGrants.minimal,
  personas,
  ...more,
});
const grant = (subPrefix: string, permission: "READ" | "READWRITE" = "READWRITE", location = "data") =>
  ({ location, subPrefix, permission }) as const;
const complete = synth(accessGrants.complete);
const minimal = synth(accessGrants.minimal);
const INSTANCE = "aws_s3control_access_grants_instance";
const LOCATION = "aws_s3control_access_grants_location";

test("the resource policy of an existing instance is its owner's", () => {
  const crossAccount = { principalArns: ["arn:aws:iam::444455556666:role/partner"] };
  const existingInstance = { arn: "arn:aws:s3:eu-central-1:111122223333:access-grants/default" };
  expect(() => synth({ ...accessGrants.minimal, crossAccount, existingInstance })).toThrow(
    "crossAccount: must not be given together with existingInstance: the instance has one resource policy",
  );
});

describe("the instance", () => {
  test("is made, with its account and tags that stay", () => {
    expect(resource(complete, INSTANCE)).toMatchObject({
      account_id: "${data.aws_caller_identity.current.account_id}",
      identity_center_arn: "arn:aws:sso:::instance/ssoins-1",
      // Known late, the account would replace all that was granted.
      lifecycle: { ignore_changes: ["account_id", "tags"] },
    });
  });

  test("is the existing one where it is given", () => {
    const existingInstance = { arn: "arn:aws:s3:eu-central-1:111122223333:access-grants/default" };
    const given = synth({ ...accessGrants.minimal, existingInstance });
    expect(resources(given, INSTANCE)).toEqual({});
    expect(statements(given, "location_trust").AccessGrants!.condition).toContainEqual(
      expect.objectContaining({ values: [existingInstance.arn] }),
    );
  });

  test("is open to another account's principals only where they are named", () => {
    expect(addresses(minimal).filter((address) => address.includes("resource_policy"))).toEqual([]);
    expect(statements(complete, "resource_policy_document").AskForCredentials).toMatchObject({
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::444455556666:root"] }],
      resources: ["${aws_s3control_access_grants_instance.access_instance.access_grants_instance_arn}"],
    });
  });
});

describe("a location's role", () => {
  test("can be assumed by S3 Access Grants alone, for this account's one instance", () => {
    const { AccessGrants: trust, DirectoryIdentities } = statements(minimal, "location_trust");
    expect(trust).toEqual({
      sid: "AccessGrants",
      actions: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      principals: [{ type: "Service", identifiers: ["access-grants.s3.amazonaws.com"] }],
      condition: [
        {
          test: "StringEquals",
          variable: "aws:SourceAccount",
          values: ["${data.aws_caller_identity.current.account_id}"],
        },
        {
          test: "ArnEquals",
          variable: "aws:SourceArn",
          values: [
            "arn:${data.aws_partition.current.partition}:s3:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:access-grants/default",
          ],
        },
      ],
    });
    expect(DirectoryIdentities).toBeUndefined();
  });

  test("carries directory identities where there are some", () => {
    expect(statements(complete, "location_trust").DirectoryIdentities).toMatchObject({
      actions: ["sts:SetContext"],
      condition: expect.arrayContaining([
        {
          test: "ForAllValues:ArnEquals",
          variable: "sts:RequestContextProviders",
          values: ["arn:${data.aws_partition.current.partition}:iam::aws:contextProvider/IdentityCenter"],
        },
      ]) as unknown,
    });
  });

  test.each([
    ["data", "product-data/*", "product-data", "StringLikeIfExists", "*"],
    ["archive", "archive/product/*", "archive", "StringLike", "product/*"],
  ])("reaches no further than the scope of %s, for this instance and account", (key, objects, bucket, test, prefix) => {
    const policy = statements(complete, `location_policy_${key}_document`);
    const s3 = "arn:${data.aws_partition.current.partition}:s3:::";
    expect(policy.Objects!.resources).toEqual([s3 + objects]);
    expect(policy.List!.resources).toEqual([s3 + bucket]);
    for (const { condition } of [policy.Objects!, policy.List!]) {
      const variables = condition!.slice(0, 2).map(({ variable }) => variable);
      expect(variables).toEqual(["aws:ResourceAccount", "s3:AccessGrantsInstanceArn"]);
    }
    expect(policy.List!.condition!.slice(2)).toEqual([{ test, variable: "s3:prefix", values: [prefix] }]);
  });

  test("reaches all buckets of the account for s3://", () => {
    const all = statements(synth({ ...accessGrants.minimal, locations: { all: { scope: "s3://" } } }), "all_document");
    expect(all.Objects!.resources).toEqual(["arn:${data.aws_partition.current.partition}:s3:::*"]);
    expect(all.List!.resources).toEqual(["arn:${data.aws_partition.current.partition}:s3:::*"]);
  });

  test("can do what the location allows and no more", () => {
    const actions = (key: string): readonly string[] =>
      statements(complete, `location_policy_${key}_document`).Objects!.actions;
    expect(actions("archive")).toContain("s3:GetObject");
    expect(actions("archive").filter((action) => /Put|Delete|Abort/.test(action))).toEqual([]);
    expect(actions("data")).toEqual(expect.arrayContaining(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]));
  });

  test("lists versions and uploads in parts where it may read", () => {
    const lists = (permission: "READ" | "WRITE" | "READWRITE"): unknown => {
      const locations = { one: { scope: "s3://product-data", permission } };
      return statements(synth({ ...accessGrants.minimal, locations }), "one_document").List!.actions;
    };
    const all = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"];
    expect([lists("READ"), lists("WRITE"), lists("READWRITE")]).toEqual([all, ["s3:ListBucket"], all]);
  });

  test("uses the location's keys through S3 only", () => {
    expect(statements(complete, "location_policy_data_document").Keys).toMatchObject({
      resources: [accessGrants.complete.locations.data!.kmsKeys!.data!.arn],
      condition: [{ test: "StringEquals", variable: "kms:ViaService" }],
    });
    expect(statements(complete, "location_policy_archive_document").Keys).toBeUndefined();
  });

  test("has the session length, path and boundary that are asked for", () => {
    expect(resource(complete, "aws_iam_role", "location_role_data")).toMatchObject({
      max_session_duration: 7200,
      path: "/data/",
      permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
    });
    expect(resource(minimal, "aws_iam_role")).toMatchObject({ max_session_duration: 43_200 });
  });

  test("is not made where one is given", () => {
    expect(Object.keys(resources(complete, "aws_iam_role"))).toEqual([
      "access_location_role_data",
      "access_location_role_archive",
    ]);
    expect(resource(complete, LOCATION, "all").iam_role_arn).toBe("arn:aws:iam::111122223333:role/all-buckets");
  });
});

test("a location waits for the instance and its role's policy", () => {
  expect(resource(complete, LOCATION, "data").depends_on).toEqual([
    "aws_s3control_access_grants_instance.access_instance",
    "aws_iam_role_policy.access_location_policy_data",
  ]);
  expect(resource(complete, "aws_s3control_access_grant", "userA_grant_UserA")).toMatchObject({
    access_grants_location_id: "${aws_s3control_access_grants_location.access_location_data.access_grants_location_id}",
  });
});

describe("what others have registered already", () => {
  test("is granted in by its id, and nothing of it is made or changed", () => {
    expect(Object.keys(resources(complete, LOCATION))).toEqual(
      ["data", "archive", "all"].map((key) => expect.stringMatching(new RegExp(`_location_${key}$`)) as string),
    );
    expect(addresses(complete).filter((address) => /lake/.test(address))).toEqual([
      "aws_s3control_access_grant.access_persona_scientists_grant_lake",
    ]);
    expect(resource(complete, "aws_s3control_access_grant", "scientists_grant_lake").access_grants_location_id).toBe(
      LAKE,
    );
  });

  test("takes part in what grants are checked for", () => {
    const existingLocations = { lake: { id: LAKE, scope: "s3://lake" } };
    const own = { userA: { grantee: iam("a"), grants: { own: grant("UserA/*", "READ", "lake") } } };
    const all = { userB: { grantee: iam("b"), grants: { all: grant("*", "READ", "lake") } } };
    const { warnings } = make({ name: "product", locations: {}, existingLocations, personas: { ...own, ...all } });
    expect(warnings).toEqual([
      expect.stringContaining("(s3://lake/*) also covers prefixes that are granted to a single other grantee"),
    ]);
  });

  test.each([
    [
      "under a key that locations has too",
      { data: { id: LAKE, scope: "s3://lake" } },
      "existingLocations.data: must not use a key that locations uses too",
    ],
    [
      "as a scope that is registered here",
      { lake: { id: LAKE, scope: "s3://product-data/" } },
      "existingLocations.lake.scope: must not be the same as that of data",
    ],
    ["by an ARN", { lake: { id: "arn:aws:s3:::lake", scope: "s3://lake" } }, "must be the id of a location"],
  ])("is refused %s", (_, existingLocations, says) => {
    expect(() => synth({ ...accessGrants.minimal, existingLocations })).toThrow(says);
  });
});

test("the owners of buckets and keys are told what to let in: what the location's role may do, and no more", () => {
  const told = attributeIn((stack) => new AccessGrants(stack, "access", accessGrants.complete).ownerStatements);
  expect(Object.keys(told)).toEqual(["data", "archive", "all"]);
  const { bucket, key } = JSON.parse(
    told["archive"]!.replace(/^\$\{jsonencode\((.*)\)\}$/s, "$1")
      .replace(/" = /g, '": ')
      .replace(/: aws_[a-z0-9_.]+/g, (ref) => `: "${ref.slice(2)}"`)
      .replaceAll("\\", ""),
  ) as {
    bucket: Array<Record<string, unknown>>;
    key: Array<Record<string, unknown>>;
  };
  const Principal = { AWS: "aws_iam_role.access_location_role_archive.arn" };
  const policy = statements(complete, "location_policy_archive_document");
  expect(bucket).toEqual([
    {
      Sid: "AccessGrantsObjects",
      Effect: "Allow",
      Principal,
      Action: policy.Objects!.actions,
      Resource: policy.Objects!.resources[0],
    },
    {
      Sid: "AccessGrantsList",
      Effect: "Allow",
      Principal,
      Action: policy.List!.actions,
      Resource: policy.List!.resources[0],
    },
  ]);
  expect(key).toMatchObject([{ Principal, Action: ["kms:Decrypt"], Resource: "*" }]);
});

describe("what is refused", () => {
  const refused = (props: AccessGrantsProps) => expect(() => synth(props));

  test("a location that is not there", () => {
    const personas = { a: { grantee: iam("a"), grants: { x: grant("a/*", "READ", "nowhere") } } };
    refused(withPersonas(personas)).toThrow(
      'test/access:\n  - personas.a.grants.x.location: must be a key of locations or existingLocations (given: "nowhere", locations: data)',
    );
  });

  test("a permission above the location's", () => {
    const personas = { a: { grantee: iam("a"), grants: { x: grant("a/*") } } };
    const locations = { data: { scope: "s3://product-data", permission: "READ" as const } };
    refused(withPersonas(personas, { locations })).toThrow(
      'personas.a.grants.x.permission: must not allow more than its location\'s permission: lower it, or raise the location\'s (given: "READWRITE", locations.data.permission: "READ")',
    );
  });

  test("two personas of one grantee that say the same, by way of different locations", () => {
    const locations = { data: { scope: "s3://product-data" }, sub: { scope: "s3://product-data/a/" } };
    const personas = {
      a: { grantee: iam("a"), grants: { x: grant("a/b/*") } },
      b: { grantee: iam("a"), grants: { y: grant("b/*", "READWRITE", "sub") } },
    };
    refused(withPersonas(personas, { locations })).toThrow(
      "personas.b.grants.y: must not be the same grant as personas.a.grants.x (READWRITE on s3://product-data/a/b/*",
    );
  });

  test("and sees through references to the same role", () => {
    const synthesis = (): object =>
      environment((stack) => {
        const role = new IamRole(stack, "role", { assumeRolePolicy: "{}" });
        const persona = (): { grantee: { type: "IAM"; id: string }; grants: { x: ReturnType<typeof grant> } } => ({
          grantee: { type: "IAM", id: role.getStringAttribute("arn") },
          grants: { x: grant("a/*") },
        });
        new AccessGrants(stack, "access", withPersonas({ a: persona(), b: persona() }));
      });
    expect(synthesis).toThrow("personas.b.grants.x: must not be the same grant as personas.a.grants.x");
  });

  test("a directory identity without Identity Center", () => {
    refused({ ...accessGrants.complete, identityCenter: undefined }).toThrow(
      "personas.analysts.grantee: a DIRECTORY_GROUP needs identityCenter",
    );
  });

  test("a grant in s3:// that begins with no bucket", () => {
    const personas = { a: { grantee: iam("a"), grants: { x: grant("*") } } };
    refused(withPersonas(personas, { locations: { data: { scope: "s3://" } } })).toThrow(
      "personas.a.grants.x.subPrefix: must begin with a bucket if its location's scope is s3://, e.g. my-bucket/Product/*",
    );
  });

  test.each([
    ...["product-data", "s3://product-data/prefix", "s3://product-data/*", "s3://Product_Data"],
    // Wildcards of IAM, and its variables: the location's role would reach more than the location.
    ...["s3://product-data/User?/", "s3://product-data/*/data/", "s3://product-data/$" + "{aws:username}/"],
  ])("the scope %s", (scope) => {
    refused({ ...accessGrants.minimal, locations: { data: { scope } } }).toThrow("locations.data.scope: must be s3://");
  });

  test("a bucket with and without a slash", () => {
    const locations = { a: { scope: "s3://product-data" }, b: { scope: "s3://product-data/" } };
    refused({ ...accessGrants.minimal, locations }).toThrow("locations.b.scope: must not be the same as that of a");
  });

  test("a scope twice, and a role's name that is too long", () => {
    const key = "k".repeat(60);
    const locations = { a: { scope: "s3://product-data" }, [key]: { scope: "s3://product-data" } };
    refused({ ...accessGrants.minimal, locations }).toThrow(
      `locations.${key}.scope: must not be the same as that of a`,
    );
    refused({ ...accessGrants.minimal, locations }).toThrow(`locations.${key}: its role would be named`);
  });

  test("more than 1,000 locations or 100,000 grants", () => {
    const many = <T>(count: number, make: (i: number) => T): Record<string, T> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, make(i)]));
    refused({ ...accessGrants.minimal, locations: many(1001, (i) => ({ scope: `s3://bucket-${i}` })) }).toThrow(
      "locations: must have at most 1000 locations",
    );
    const personas = { a: { grantee: iam("a"), grants: many(100_001, (i) => grant(`${i}/*`)) } };
    refused(withPersonas(personas)).toThrow(
      "personas: must have at most 100000 grants, the quota of an S3 Access Grants instance (given: 100001)",
    );
  });
});

describe("a prefix that one persona alone has by name, opened by a broader grant of someone else", () => {
  const opened = withPersonas({
    userA: { grantee: iam("a"), grants: { UserA: grant("UserA/*") } },
    everyone: { grantee: iam("e"), grants: { all: grant("*", "READ") } },
  });

  test("is warned of", () => {
    expect(make(opened).warnings).toEqual([
      "personas.everyone.grants.all (s3://product-data/*) also covers prefixes that are granted to a single other grantee: " +
        "personas.userA.grants.UserA (s3://product-data/UserA/*); narrow it, or move the private data to another prefix",
    ]);
  });

  test("is refused where asked for", () => {
    expect(() => synth({ ...opened, openedPrefixes: "refuse" })).toThrow(
      "also covers prefixes that are granted to a single other grantee",
    );
  });

  test("is not what happens in the walkthrough", () => {
    const walkthrough = { ...others, locations, personas };
    expect(make({ ...walkthrough, openedPrefixes: "refuse" }).warnings).toEqual([]);
  });
});

test("configurations", () => {
  expect(minimal).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
