import { StudioAccess, type StudioAccessProps } from "../../constructs/studio-access/studio-access";
import definition from "../../constructs/studio-access/studio-access.module";
import { refusalsOf } from "../../constructs/inputs";
import { environment, moduleOf } from "../support/hosts";
import { addresses, comesAfter, resource, resources, statements } from "../support/synthesized";
import { iam, LAKE, studioAccess } from "./studio-fixtures";

const synth = (props: StudioAccessProps): object => environment((stack) => new StudioAccess(stack, "group", props));
const complete = synth(studioAccess.complete);
const GRANT = "aws_s3control_access_grant";

describe("the walkthrough", () => {
  test("grants each persona Product/ and a prefix of their own", () => {
    const grants = Object.values(resources(complete, GRANT)).map(
      ({ grantee, access_grants_location_configuration }) => [
        (grantee as Array<{ grantee_identifier: string }>)[0]!.grantee_identifier,
        (access_grants_location_configuration as Array<{ s3_sub_prefix: string }>)[0]!.s3_sub_prefix,
      ],
    );
    const role = (persona: string): string => `\${aws_iam_role.group_studio_role_${persona}.arn}`;
    expect(grants).toEqual([
      [role("userA"), "Product/*"],
      [role("userA"), "UserA/*"],
      [role("userB"), "Product/*"],
      [role("userB"), "UserB/*"],
      [studioAccess.complete.otherGrantees!["analysts"]!.grantee.id, "Product/*"],
    ]);
  });

  test("has the roles' and the domain's names", () => {
    const names = Object.values(resources(complete, "aws_iam_role")).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["sagemaker-usera-role", "sagemaker-userb-role", "sagemaker-domain-role"]),
    );
    expect(resource(complete, "aws_sagemaker_domain").domain_name).toBe("Product-Domain");
  });

  test("registers the bucket, and no persona's role reaches it", () => {
    expect(resource(complete, "aws_s3control_access_grants_location").location_scope).toBe(
      "s3://${aws_s3_bucket.group_data_bucket.bucket}",
    );
    for (const persona of ["userA", "userB"]) {
      const policy = statements(complete, `role_policy_${persona}_document`);
      expect(
        Object.values(policy)
          .flatMap(({ resources }) => resources)
          .join(),
      ).not.toContain("group_data_bucket");
    }
  });

  test("gives the location's role the data key, and the loader too", () => {
    const arn = studioAccess.complete.dataKey!.arn;
    expect(statements(complete, "location_policy_data_document").Keys!.resources).toEqual([arn]);
    expect(statements(complete, "loader_policy_document").Encrypt!.resources).toEqual([arn]);
  });

  test("has the accesses to both buckets logged, each below its own name", () => {
    const logging = Object.values(resources(synth(studioAccess.complete), "aws_s3_bucket_logging"));
    expect(logging.map(({ target_bucket, target_prefix }) => [target_bucket, target_prefix])).toEqual([
      ["access-logs", "product-data/"],
      ["access-logs", expect.stringMatching(/^product-scratch-.*\/$/)],
    ]);
  });

  test("names the bucket after the account where no name is given", () => {
    expect(resource(synth(studioAccess.minimal), "terraform_data", "data_bucket_name").input).toBe(
      "product-data-${terraform_data.account.input}",
    );
  });

  test("lets the location's role through where objects are only for named roles", () => {
    const lake = "arn:aws:iam::111122223333:role/lake";
    const configuration = synth({ ...studioAccess.minimal, objectsOnlyFor: { roles: { lake } } });
    const [principals] = statements(configuration, "data_bucket_policy_document").ObjectsOnlyForNamedRoles!.condition!;
    expect(principals!.values).toEqual(
      expect.arrayContaining([lake, expect.stringContaining("group_access_location_role_data.arn")]),
    );
  });
});

describe("what holds somebody's work is destroyed after all that may stop a destroy", () => {
  const guarded = addresses(complete).filter((address) => /^aws_s3_bucket(_policy|_versioning)?\./.test(address));
  const ofStudio = addresses(complete).filter((address) => /^aws_sagemaker_/.test(address));

  test.each(ofStudio)("%s before the buckets, their policies and versioning", (address) => {
    expect(guarded).toHaveLength(6);
    expect(comesAfter(complete, address)).toEqual(expect.arrayContaining(guarded));
  });

  test.each(["instance.group_access_instance", "location.group_access_location_data"])(
    "somebody's grant stops at the %s, before domain, profiles and spaces",
    (name) => {
      expect(ofStudio).toHaveLength(4);
      const address = `aws_s3control_access_grants_${name}`;
      expect(comesAfter(complete, address)).toEqual(expect.arrayContaining([...ofStudio, ...guarded]));
    },
  );

  test("nothing is there before itself, where a bucket's policy names the location's role", () => {
    const closed = synth({ ...studioAccess.complete, objectsOnlyFor: { roles: {} } });
    for (const address of addresses(closed)) expect(comesAfter(closed, address)).not.toContain(address);
  });
});

test("one persona's other permission changes that one grant alone", () => {
  const { personas, ...rest } = studioAccess.complete;
  const { userB } = personas;
  const grants = { ...userB!.grants, Product: { ...userB!.grants.Product!, permission: "READ" as const } };
  const changed = synth({ ...rest, personas: { ...personas, userB: { ...userB!, grants } } });
  expect(resource(changed, GRANT, "userB_grant_Product").permission).toBe("READ");
  const without = (configuration: object): unknown => {
    const all = JSON.parse(JSON.stringify(configuration)) as { resource: Record<string, Record<string, unknown>> };
    delete all.resource[GRANT]!["group_access_persona_userB_grant_Product"];
    return all;
  };
  expect(without(changed)).toEqual(without(complete));
});

test("a network of one's own is used, and none made", () => {
  const existing = { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
  const own = synth({ ...studioAccess.minimal, network: { existing } });
  expect(addresses(own).filter((address) => /^aws_(vpc|subnet|route)/.test(address))).toEqual([]);
  expect(resource(own, "aws_sagemaker_domain")).toMatchObject({ subnet_ids: ["subnet-1"] });
  expect(resource(own, "terraform_data", "vpc_id").input).toBe("vpc-1");
});

describe("a bucket that exists", () => {
  const existingBucket = { bucketName: "their-lake" };
  const theirs = synth({ ...studioAccess.minimal, existingBucket });

  test("is granted in, and nothing of it is made or changed", () => {
    expect(addresses(theirs).filter((address) => /_data(_|$)/.test(address.replace(/_location_.*/, "")))).toEqual([]);
    expect(resource(theirs, "aws_s3control_access_grants_location").location_scope).toBe("s3://their-lake");
    const touched = Object.values(resources(theirs, "aws_s3_bucket_policy")).map(({ bucket }) => bucket);
    expect(touched).toEqual(["${aws_s3_bucket.group_studio_scratch.id}"]);
  });

  test("may be registered already: its location is used, and none made, and no role for one", () => {
    const existingLocation = { id: LAKE };
    const registered = synth({ ...studioAccess.minimal, existingBucket, existingLocation });
    expect(addresses(registered).filter((address) => /location/.test(address))).toEqual([]);
    const grants = Object.values(resources(registered, GRANT));
    expect(grants.map(({ access_grants_location_id }) => access_grants_location_id)).toEqual([LAKE, LAKE]);
  });

  test("has the key that is given, which the location's role may use", () => {
    const { dataKey } = studioAccess.complete;
    const encrypted = synth({ ...studioAccess.minimal, existingBucket, dataKey });
    expect(statements(encrypted, "location_policy_data_document").Keys!.resources).toEqual([dataKey!.arn]);
  });

  test.each([
    ["bucketName", "product-data"],
    ["dataset", studioAccess.complete.dataset],
    ["expireNoncurrentVersions", { days: 1 }],
    ["objectsOnlyFor", { roles: {} }],
    ["policyDocuments", { mine: '{ "Statement": [] }' }],
  ])("is not changed by %s", (prop, value) => {
    expect(() => synth({ ...studioAccess.minimal, existingBucket, [prop]: value })).toThrow(
      `${prop}: must not be given together with existingBucket, which is left as it is`,
    );
  });

  test("alone can have a location already", () => {
    expect(() => synth({ ...studioAccess.minimal, existingLocation: { id: LAKE } })).toThrow(
      "existingLocation: must be given together with existingBucket",
    );
  });
});

describe("who is not in Studio", () => {
  const group = { type: "DIRECTORY_GROUP", id: "83d43802-00b1-7054-db02-f1d683aacba5" } as const;
  const grants = { all: { subPrefix: "Product/*", permission: "READ" as const } };
  const identityCenter = { arn: "arn:aws:sso:::instance/ssoins-1" };
  const others = synth({
    ...studioAccess.minimal,
    identityCenter,
    otherGrantees: { analysts: { grantee: group, grants }, etl: { grantee: iam("etl"), grants } },
  });

  test("may be granted the data too: groups of a directory, and roles", () => {
    expect(resource(others, GRANT, "other_analysts_grant_all").grantee).toEqual([
      { grantee_type: "DIRECTORY_GROUP", grantee_identifier: group.id },
    ]);
    expect(resource(others, GRANT, "other_etl_grant_all").grantee).toEqual([
      { grantee_type: "IAM", grantee_identifier: iam("etl").id },
    ]);
    expect(Object.keys(resources(others, "aws_sagemaker_user_profile"))).toHaveLength(1);
    expect(resource(others, "aws_s3control_access_grants_instance").identity_center_arn).toBe(identityCenter.arn);
    expect(statements(others, "location_trust").DirectoryIdentities).toBeDefined();
  });

  test("a directory's people need the directory, and what they open is found: by the names that the author gave", () => {
    const otherGrantees = {
      analysts: { grantee: group, grants: { all: { subPrefix: "*", permission: "READ" as const } } },
    };
    const refused = refusalsOf(() => synth({ ...studioAccess.minimal, otherGrantees, openedPrefixes: "refuse" }));
    const said = refused.flatMap(({ problems }) => problems.map((problem) => StudioAccess.authored("access", problem)));
    expect([...new Set(said)]).toEqual([
      expect.stringMatching(/^otherGrantees\.analysts\.grantee: a DIRECTORY_GROUP needs identityCenter/),
      expect.stringMatching(
        /^otherGrantees\.analysts\.grants\.all .* also covers prefixes .* personas\.userA\.grants\.UserA/,
      ),
    ]);
  });
});

test.each([
  {},
  { existing: { vpcId: "v", subnetIds: ["s"], securityGroupIds: ["g"] }, ...studioAccess.minimal.network },
])("neither or both networks are refused", (network) => {
  expect(() => synth({ ...studioAccess.minimal, network })).toThrow(
    "network: must have exactly one of existing and create",
  );
});

test("a grant that matches siblings is refused with its path", () => {
  const personas = { userA: { grants: { UserA: { subPrefix: "UserA*", permission: "READ" as const } } } };
  expect(() => synth({ ...studioAccess.minimal, personas })).toThrow(
    "test/group:\n  - personas.userA.grants.UserA: must have a subPrefix that is * or ends in /*",
  );
});

test("configurations", () => {
  expect(synth(studioAccess.minimal)).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
