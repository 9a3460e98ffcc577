import { PersonaGrants, type PersonaGrantsProps } from "../../constructs/persona-grants/persona-grants";
import definition from "../../constructs/persona-grants/persona-grants.module";
import { attributeIn, environment, moduleOf } from "../support/hosts";
import { addresses, dataSource, resource, resources } from "../support/synthesized";
import { iam, personaGrants } from "./studio-fixtures";

const synth = (props: PersonaGrantsProps): object => environment((stack) => new PersonaGrants(stack, "persona", props));
const withGrant = (grant: object): (() => object) => {
  const { Product } = personaGrants.minimal.grants;
  return () => synth({ ...personaGrants.minimal, grants: { Product: { ...Product!, ...grant } } });
};
const GRANT = "aws_s3control_access_grant";

describe("a grant", () => {
  const complete = synth(personaGrants.complete);

  test("names the account, so that a change of tags does not replace it", () => {
    const grants = Object.values(resources(complete, GRANT));
    expect(grants).toHaveLength(3);
    for (const grant of grants) expect(grant).toMatchObject({ account_id: "111122223333", tags: { team: "product" } });
  });

  test("is of a prefix, or of one object", () => {
    const scope = (name: string): unknown => resource(complete, GRANT, name);
    expect(scope("Product")).toMatchObject({
      access_grants_location_id: "l-1",
      access_grants_location_configuration: [{ s3_sub_prefix: "Product/*" }],
      grantee: [{ grantee_type: "DIRECTORY_GROUP", grantee_identifier: personaGrants.complete.grantee.id }],
      permission: "READWRITE",
    });
    expect(scope("Product")).not.toHaveProperty("s3_prefix_type");
    expect(scope("one")).toMatchObject({ s3_prefix_type: "Object", permission: "READ" });
  });

  test("has an address by its key, so that one more touches no other", () => {
    const { grants, ...rest } = personaGrants.complete;
    const more = synth({ ...rest, grants: { A: { ...grants.Product!, subPrefix: "A/*" }, ...grants } });
    expect(resources(more, GRANT)).toEqual({
      ...resources(complete, GRANT),
      persona_grant_A: expect.anything() as object,
    });
  });
});

describe("a group by its display name", () => {
  const group = { displayName: "Analysts", identityStoreId: "d-1234567890" };
  const grantee = { type: "DIRECTORY_GROUP", group } as const;
  const byName = synth({ ...personaGrants.minimal, grantee });

  test("is looked up in its identity store", () => {
    expect(dataSource(byName, "aws_identitystore_group", "persona_group")).toEqual({
      identity_store_id: "d-1234567890",
      alternate_identifier: { unique_attribute: { attribute_path: "DisplayName", attribute_value: "Analysts" } },
    });
    expect(resource(byName, GRANT).grantee).toEqual([
      { grantee_type: "DIRECTORY_GROUP", grantee_identifier: "${terraform_data.persona_group_id.input}" },
    ]);
  });

  test("is remembered until the name changes, because an id that is read late would replace its grants", () => {
    expect(resource(byName, "terraform_data")).toEqual({
      input: "${data.aws_identitystore_group.persona_group.group_id}",
      triggers_replace: group,
      lifecycle: { ignore_changes: ["input"] },
    });
  });

  test("asks nothing of a directory where the id is given", () => {
    expect(
      addresses(synth(personaGrants.complete)).filter((address) => /identitystore|terraform_data/.test(address)),
    ).toEqual([]);
  });

  test.each([
    ["with an id too", { ...grantee, id: personaGrants.complete.grantee.id! }, "must have exactly one of id and group"],
    ["nor an id", { type: "DIRECTORY_GROUP" }, "must have exactly one of id and group"],
    ["of another type", { ...grantee, type: "DIRECTORY_USER" }, "must have the type DIRECTORY_GROUP if it has a group"],
    [
      "in no identity store",
      { ...grantee, group: { ...group, identityStoreId: "ssoins-1" } },
      "must be the id of an identity store",
    ],
    ["without a name", { ...grantee, group: { ...group, displayName: " " } }, "must not be empty"],
  ] as const)("%s is refused", (_, wrong, says) => {
    expect(() => synth({ ...personaGrants.minimal, grantee: wrong })).toThrow(says);
  });
});

test("each grant has a profile for any AWS tool, which names target and permission", () => {
  const profiles = attributeIn((stack) => new PersonaGrants(stack, "persona", personaGrants.minimal).awsProfiles);
  expect(profiles["Product"]!.split("\n")).toEqual([
    "[profile Product]",
    "region = ${data.aws_region.current.id}",
    expect.stringMatching(
      /^credential_process = python3 \/home\/sagemaker-user\/grant_credentials\.py --target '\$\{replace\(aws_s3control_access_grant\.persona_grant_Product\.grant_scope, .*\)\}' --permission READ(WRITE)? --account-id [0-9]{12} --region /,
    ),
    "",
  ]);
});

describe("what is refused, with the grant's path and the rule", () => {
  test.each([
    ["a prefix that matches its siblings", { subPrefix: "UserA*" }, "UserA* would match UserAdmin/ too"],
    ["a bare prefix", { subPrefix: "UserA/" }, "that is * or ends in /*"],
    ["a wildcard in the middle", { subPrefix: "a*b/*" }, "must not have a * before the end"],
    [
      "an absolute prefix",
      { subPrefix: "s3://other/Product/*" },
      "must have a subPrefix that is relative to the location's scope",
    ],
    ["a prefix that begins with a slash", { subPrefix: "/Product/*" }, "without a slash at the start"],
    ["nothing", { subPrefix: "" }, "must have a subPrefix that is relative to the location's scope"],
    ["an object with a wildcard", { subPrefix: "UserA/*", prefixType: "Object" }, "one object's key"],
    ["a folder as an object", { subPrefix: "UserA/", prefixType: "Object" }, "one object's key"],
    ["an unknown permission", { permission: "DELETE" }, "must be one of READ, WRITE, READWRITE"],
    ["an unknown location", { location: "elsewhere" }, 'location: must be a key of locationIds (given: "elsewhere", '],
    ["a misspelt location", { location: "dat" }, '(given: "dat", keys: data) Did you mean data?'],
    ["a location called like what every object has", { location: "constructor" }, "must be a key of locationIds"],
  ])("%s", (_what, grant, says) => {
    expect(withGrant(grant)).toThrow(/^test\/persona:\n {2}- grants\.Product/);
    expect(withGrant(grant)).toThrow(says);
  });

  test("two grants that say the same", () => {
    const { Product } = personaGrants.minimal.grants;
    expect(() => synth({ ...personaGrants.minimal, grants: { one: Product!, two: Product! } })).toThrow(
      'grants: must not have two grants with the same location, subPrefix, permission, prefixType: leave one out (entries that break this: "one and two")',
    );
  });

  test.each([
    { ...iam("a"), id: "usera" },
    { type: "DIRECTORY_USER" as const, id: iam("a").id },
  ])("a grantee whose id is not of its type: %j", (grantee) => {
    expect(() => synth({ ...personaGrants.minimal, grantee })).toThrow(
      "grantee: must have an id that fits its type: the ARN",
    );
  });

  test("a grant without a prefix, once", () => {
    const { Product } = personaGrants.minimal.grants;
    const wrong = () =>
      synth({ ...personaGrants.minimal, grants: { Product: { ...Product!, subPrefix: undefined as never } } });
    expect(wrong).toThrow(/^test\/persona:\n {2}- grants\.Product\.subPrefix: is required$/);
  });

  test("all of it at once", () => {
    const wrong = withGrant({ subPrefix: "/a*b", permission: "ALL" });
    expect(wrong).toThrow(/relative to the location's scope[^]*before the end[^]*ends in[^]*must be one of/);
  });
});

test.each([
  ["everything", "*"],
  ["a prefix", "a/b/*"],
])("%s can be granted", (_what, subPrefix) => {
  expect(withGrant({ subPrefix })).not.toThrow();
});

test("configurations", () => {
  expect(synth(personaGrants.minimal)).toMatchSnapshot("environment, minimal");
  expect(synth(personaGrants.complete)).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
