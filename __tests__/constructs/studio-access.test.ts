import { StudioAccess, type StudioAccessProps } from "../../constructs/studio-access/studio-access";
import definition from "../../constructs/studio-access/studio-access.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, comesAfter, resource, resources, statements } from "../support/synthesized";
import { studioAccess } from "./studio-fixtures";

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
    expect(resource(synth(studioAccess.minimal), "aws_s3_bucket", "data_bucket").bucket).toBe(
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
  expect(addresses(own).filter((address) => /vpc|subnet|route/.test(address))).toEqual([]);
  expect(resource(own, "aws_sagemaker_domain")).toMatchObject({ vpc_id: "vpc-1", subnet_ids: ["subnet-1"] });
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
    "test/group:\n  - personas.userA.grants.UserA: must have a sub-prefix that is * or ends in /*",
  );
});

test("configurations", () => {
  expect(synth(studioAccess.minimal)).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
