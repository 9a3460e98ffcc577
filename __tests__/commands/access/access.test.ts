import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Account } from "../../../commands/program/world";
import { ran, results } from "../run";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "access-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (content: unknown): string => {
  const file = join(folder, "shown.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const json = async (...args: readonly string[]): Promise<unknown> =>
  JSON.parse((await results([...args, "--json"])).join("\n")) as unknown;

describe("an environment", () => {
  it("is a matrix, with what roles reach without a grant", async () => {
    expect(await results(["access", "matrix", "sandbox"])).toMatchInlineSnapshot(`
      [
        "             userA      userB",
        "s3://product-data/",
        "  Product/*  READWRITE  READWRITE  shared, 2 may write",
        "  UserA/*    READWRITE  -          private",
        "  UserB/*    -          READWRITE  private",
        "",
        "s3://product-data/Product/* may be written by userA, userB",
        "",
        "Without S3 Access Grants:",
        "  userA            READWRITE  s3://product-scratch-123456789012/userA/*  the role's policy: scratch folder",
        "  userB            READWRITE  s3://product-scratch-123456789012/userB/*  the role's policy: scratch folder",
        "  data set loader  READWRITE  s3://product-data/Product/abalone.csv      the function's policy",
        "  data set loader  READWRITE  s3://product-data/UserA/abalone.csv        the function's policy",
        "  data set loader  READWRITE  s3://product-data/UserB/abalone.csv        the function's policy",
        "",
        "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
      ]
    `);
  });

  it("is what docs/program.md shows", async () => {
    const docs = readFileSync(join(__dirname, "../../../docs/program.md"), "utf8");
    const [, shown] = /\$ sagemaker-data-access access matrix sandbox\n([^]*?)\n *…\n/.exec(docs)!;
    expect((await results(["access", "matrix", "sandbox"])).slice(0, shown!.split("\n").length)).toEqual(
      shown!.split("\n"),
    );
  });

  it("is a list where the terminal is narrow", async () => {
    const { out } = await ran(["access", "matrix", "sandbox"], { width: 44 });
    expect(out).toMatchInlineSnapshot(`
      [
        "s3://product-data/",
        "  Product/*  shared, 2 may write",
        "    READWRITE  userA, userB",
        "  UserA/*  private",
        "    READWRITE  userA",
        "  UserB/*  private",
        "    READWRITE  userB",
        "",
        "s3://product-data/Product/* may be written by userA, userB",
        "",
        "Without S3 Access Grants:",
        "  userA  READWRITE",
        "      s3://product-scratch-123456789012/userA/*",
        "      the role's policy: scratch folder",
        "  userB  READWRITE",
        "      s3://product-scratch-123456789012/userB/*",
        "      the role's policy: scratch folder",
        "  data set loader  READWRITE",
        "      s3://product-data/Product/abalone.csv",
        "      the function's policy",
        "  data set loader  READWRITE",
        "      s3://product-data/UserA/abalone.csv",
        "      the function's policy",
        "  data set loader  READWRITE",
        "      s3://product-data/UserB/abalone.csv",
        "      the function's policy",
        "",
        "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
      ]
    `);
  });

  it("does not say that nobody reaches a bucket of which nothing is known", async () => {
    const { code, err } = await ran(["access", "who", "s3://prodct-data/UserA/x", "sandbox"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "Nothing is known of the bucket prodct-data: grants and roles here are about product-data, product-scratch-123456789012. Did you mean product-data?",
    });
  });

  it("says who reaches an object, and what a persona reaches", async () => {
    expect(await results(["access", "who", "s3://product-data/UserA/abalone.csv", "sandbox"])).toMatchInlineSnapshot(`
      [
        "persona  may        grant on                   location           grant",
        "userA    READWRITE  s3://product-data/UserA/*  s3://product-data  personas.userA.grants.own",
        "",
        "Without S3 Access Grants:",
        "  data set loader  READWRITE  s3://product-data/UserA/abalone.csv  the function's policy",
        "",
        "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
      ]
    `);
    expect(await results(["access", "what", "userB", "sandbox"])).toMatchInlineSnapshot(`
      [
        "userB (IAM, whose id is known after the apply)",
        "may        grant on                     location           grant",
        "READWRITE  s3://product-data/Product/*  s3://product-data  personas.userB.grants.product  with userA",
        "READWRITE  s3://product-data/UserB/*    s3://product-data  personas.userB.grants.own      private",
        "",
        "Without S3 Access Grants:",
        "  userB  READWRITE  s3://product-scratch-123456789012/userB/*  the role's policy: scratch folder",
        "",
        "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
      ]
    `);
  });

  it("says who has a part of a prefix that nobody has as a whole", async () => {
    const { grants, parts } = (await json("access", "who", "s3://product-data", "sandbox")) as Record<string, object[]>;
    expect(grants).toEqual([]);
    expect(parts).toHaveLength(4);
  });

  it("has nothing granted without studioAccess, and must be there", async () => {
    expect(await ran(["access", "matrix", "nowhere"])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/What is nowhere\? There is no such file, and no environment of that name/) as string,
    });
  });
});

// As `terraform show -json` writes them; the real thing is read in planned.plan.test.ts and deployment.sandbox.test.ts.
const location = (scope: string, values: object = {}) => ({
  address: "aws_s3control_access_grants_location.location",
  type: "aws_s3control_access_grants_location",
  values: { location_scope: scope, ...values },
});
const granted = (key: string, sub: string | undefined, permission: string, grantee: object, values: object = {}) => ({
  address: `aws_s3control_access_grant.grant["${key}"]`,
  type: "aws_s3control_access_grant",
  index: key,
  values: {
    access_grants_location_configuration: [{ s3_sub_prefix: sub }],
    permission,
    grantee: [grantee],
    ...values,
  },
});
const role = (name: string) => `arn:aws:iam::123456789012:role/data/${name}`;
const persona = (name: string, ...resources: object[]) => ({
  address: `module.access.module.persona["${name}"]`,
  resources,
});
const root = (...child_modules: object[]) => ({ root_module: { child_modules } });

describe("a plan", () => {
  it("names personas by their keys, and puts grants into the location of the module", async () => {
    const file = write({
      planned_values: root({
        address: "module.access",
        resources: [location("s3://data")],
        child_modules: [
          persona(
            "userA",
            granted("own", "UserA/*", "READWRITE", { grantee_type: "IAM" }),
            granted("all", undefined, "READ", { grantee_type: "IAM" }),
          ),
          persona(
            "other_auditors",
            granted("all", "*", "READ", { grantee_type: "DIRECTORY_GROUP", grantee_identifier: "a1b2" }),
          ),
        ],
      }),
    });
    expect(await results(["access", "matrix", file])).toEqual([
      "           auditors  userA",
      "s3://data/",
      "  *        READ      READ       shared, group",
      "  UserA/*  (READ)    READWRITE  opened to auditors, group",
      "",
      "s3://data/* is open to everyone in the directory group auditors",
      "s3://data/UserA/* is one's own, and open to auditors by s3://data/*",
      "s3://data/UserA/* is open to everyone in the directory group auditors",
      "",
      "Not looked at: bucket policies, what administrators may do, and who is in which directory group.",
    ]);
  });

  it("says what it does not know: which of several locations, and what roles will be allowed", async () => {
    const file = write({
      planned_values: root(
        {
          address: "module.access",
          resources: [location("s3://data"), location("s3://logs/")],
          child_modules: [persona("userA", granted("own", "UserA/*", "READWRITE", { grantee_type: "IAM" }))],
        },
        {
          address: "module.studio",
          resources: [
            {
              address: "module.studio.aws_iam_role_policy.role_policy",
              type: "aws_iam_role_policy",
              values: { name: "studio", role: "usera" },
            },
            // A bucket that is known, beside that of which only the apply knows: "nobody" may be true of either.
            {
              address: "module.studio.aws_iam_role_policy.scratch",
              type: "aws_iam_role_policy",
              values: {
                name: "scratch",
                role: "userb",
                policy: JSON.stringify({
                  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::scratch/userb/*" }],
                }),
              },
            },
          ],
        },
      ),
    });
    const { out } = await ran(["access", "who", "s3://data/UserA/x", file]);
    expect(out[0]).toBe("Nobody that is known is granted s3://data/UserA/x.");
    expect(out).toContain(
      `Not known: where userA may READWRITE UserA/*: in one of s3://data, s3://logs/, as the apply will say (aws_s3control_access_grant.grant["own"])`,
    );
    expect(out.join("\n")).toMatch(/Not known: what the policies of 1 role will allow, .* known after the apply/);
    expect(await results(["access", "what", "userA", file])).toContain("Is granted nothing that is known.");
  });

  it("of an environment joins profiles and grants by the role that both refer to", async () => {
    const refers = (resource: string) => ({ references: [`${resource}.arn`, resource] });
    const profile = { address: "aws_sagemaker_user_profile.userA", type: "aws_sagemaker_user_profile" };
    const one = {
      ...granted("own", "UserA/*", "READ", { grantee_type: "IAM" }),
      address: "aws_s3control_access_grant.userA_own",
    };
    const file = write({
      planned_values: {
        root_module: {
          resources: [location("s3://data"), one, { ...profile, values: { user_profile_name: "userA" } }],
        },
      },
      configuration: {
        root_module: {
          resources: [
            { address: one.address, expressions: { grantee: [{ grantee_identifier: refers("aws_iam_role.a") }] } },
            { ...profile, expressions: { user_settings: [{ execution_role: refers("aws_iam_role.a") }] } },
          ],
        },
      },
    });
    expect(await json("access", "matrix", file)).toMatchObject({
      personas: [{ name: "userA", at: "aws_iam_role.a" }],
      idle: [],
    });
  });
});

describe("a state", () => {
  const policy = (name: string, role: string, ...Statement: object[]) => ({
    address: `aws_iam_role_policy.${name}`,
    type: "aws_iam_role_policy",
    values: { name, role, policy: JSON.stringify({ Statement }) },
  });
  const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
  });
  const state = (...resources: object[]) =>
    write({
      values: {
        root_module: {
          resources: [
            location("s3://data", { access_grants_location_id: "default" }),
            granted(
              "own",
              "UserA/*",
              "READWRITE",
              { grantee_type: "IAM", grantee_identifier: role("usera") },
              { access_grant_id: "g-1", grant_scope: "s3://data/UserA/*", access_grants_location_id: "default" },
            ),
            ...["userA", "userB"].map((name) => ({
              address: `aws_sagemaker_user_profile.${name}`,
              type: "aws_sagemaker_user_profile",
              values: { user_profile_name: name, user_settings: [{ execution_role: role(name.toLowerCase()) }] },
            })),
            {
              address: "aws_lambda_function.loader",
              type: "aws_lambda_function",
              values: { function_name: "product-loader", role: role("loader") },
            },
            ...resources,
          ],
        },
      },
    });

  it("has ids, names people by their profiles, and reads what their roles' policies add", async () => {
    const file = state(
      policy(
        "studio",
        "usera",
        allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::scratch/userA/*"),
        allow("s3:ListBucket", "arn:aws:s3:::scratch"),
      ),
      policy(
        "studio",
        "userb",
        allow("s3:Get*", ["arn:aws:s3:::scratch/userB/?/x", "arn:aws:s3:::scratch/${aws:username}/*"]),
      ),
      policy("load", "loader", allow("s3:PutObject", "arn:aws:s3:::data/UserA/abalone.csv")),
      policy(
        "location",
        "location",
        allow("s3:*", "arn:aws:s3:::data/*", { Condition: { ArnEquals: { "s3:AccessGrantsInstanceArn": "arn" } } }),
      ),
    );
    expect(await json("access", "matrix", file)).toMatchObject({
      personas: [{ name: "userA", id: role("usera") }],
      idle: [{ name: "userB" }],
      own: [
        { who: "userA", permission: "READWRITE", scope: "s3://scratch/userA/*" },
        { who: "userB", permission: "READ", scope: "s3://scratch/userB/*" },
        { who: "userB", permission: "READ", scope: "s3://scratch/*" },
        { who: "function product-loader", permission: "WRITE", scope: "s3://data/UserA/abalone.csv" },
      ],
      unknown: [],
    });
    expect(await json("access", "who", "s3://data/UserA/abalone.csv", file)).toMatchObject({
      grants: [
        {
          id: "g-1",
          persona: { name: "userA" },
          permission: "READWRITE",
          location: "s3://data",
          answers: ["READ", "WRITE", "READWRITE"],
        },
      ],
      own: [{ who: "function product-loader" }],
    });
  });

  it("says which roles may do what it does not have", async () => {
    const attached = {
      address: "aws_iam_role_policy_attachment.x",
      type: "aws_iam_role_policy_attachment",
      values: { role: "usera", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    };
    expect(await json("access", "matrix", state(attached))).toMatchObject({
      unknown: [
        "what arn:aws:iam::aws:policy/ReadOnlyAccess lets the role usera do",
        `what the role ${role("usera")} may do by policies of its own, which are not in it`,
        `what the role ${role("userb")} may do by policies of its own, which are not in it`,
      ],
    });
  });
});

describe("a picture", () => {
  const draw = async (grants: object[]): Promise<string> => {
    const file = write({ planned_values: { root_module: { resources: [location("s3://data"), ...grants] } } });
    const svg = join(folder, "matrix.svg");
    await results(["access", "matrix", file, "--svg", svg]);
    return readFileSync(svg, "utf8");
  };

  it("is self-contained, for who sees and who does not, light and dark", async () => {
    const svg = await draw([
      granted("a", "UserA/*", "READ", { grantee_type: "IAM", grantee_identifier: role("usera") }),
    ]);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toMatch(/(href|src|url\(|@import|<script|<image|<foreignObject)/);
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
    const { svg: read } = new XMLParser({ ignoreAttributes: false }).parse(svg) as { svg: Record<string, unknown> };
    expect(read).toMatchObject({ "@_role": "img", "@_aria-labelledby": "title desc" });
    expect(read["title"]).toMatchObject({ "@_id": "title" });
    expect(read["desc"]).toMatchObject({ "#text": "s3://data/UserA/*: usera READ (private).", "@_id": "desc" });
  });

  it("takes any name as text", async () => {
    const svg = await draw([
      granted("a", "<script>&\"'/*", "READ", { grantee_type: "IAM", grantee_identifier: role("x") }),
    ]);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&lt;script&gt;&amp;");
  });

  it("of nothing is a picture too", async () => {
    expect(await draw([])).toContain("No grant is known.");
  });
});

describe("what is there in AWS", () => {
  const account = (
    sends: Readonly<Record<string, (input: Record<string, unknown>) => object>>,
  ): { account: () => Promise<Account> } => {
    const send = (command: object): Promise<object> => {
      const answer = sends[command.constructor.name];
      if (!answer) return Promise.reject(new Error(`${command.constructor.name} may not be called`));
      return Promise.resolve().then(() => answer((command as { input: Record<string, unknown> }).input));
    };
    const client = { send } as Account["s3"] & Account["studio"];
    return {
      account: () => Promise.resolve({ id: "123456789012", region: "eu-central-1", s3: client, studio: client }),
    };
  };
  const entry = (id: string, name: string, scope: string, more: object = {}) => ({
    AccessGrantId: id,
    Grantee: { GranteeType: "IAM", GranteeIdentifier: role(name) },
    Permission: "READ",
    GrantScope: scope,
    AccessGrantsLocationId: "default",
    AccessGrantsLocationConfiguration: { S3SubPrefix: "x" },
    ...more,
  });
  const pages = {
    ListAccessGrantsCommand: ({ NextToken }: Record<string, unknown>) =>
      NextToken === undefined
        ? { AccessGrantsList: [entry("g-1", "usera", "s3://data/a/*")], NextToken: "more" }
        : { AccessGrantsList: [entry("g-2", "else", "s3://data", { AccessGrantsLocationConfiguration: undefined })] },
    ListAccessGrantsLocationsCommand: () => ({
      AccessGrantsLocationsList: [{ AccessGrantsLocationId: "default", LocationScope: "s3://data" }],
    }),
    ListUserProfilesCommand: () => ({
      UserProfiles: [
        { DomainId: "d-1", UserProfileName: "userA" },
        { DomainId: "d-1", UserProfileName: "idle" },
      ],
    }),
    DescribeUserProfileCommand: ({ UserProfileName }: Record<string, unknown>) => ({
      UserProfileName,
      UserSettings: { ExecutionRole: role(UserProfileName === "idle" ? "idle" : "usera") },
    }),
  };

  it("is read page by page, with the names that people have in Studio", async () => {
    const out = await results(["access", "matrix"], account(pages));
    expect(out.slice(0, 4)).toEqual([
      "       else    userA",
      "s3://data/",
      "  *    READ    -      private",
      "  a/*  (READ)  READ   opened to else",
    ]);
    expect(out).toContain("Granted nothing: idle");
    expect(out.join("\n")).toContain("Not known: what roles may do by policies of their own");
  });

  it("without names where SageMaker may not be asked, and says so", async () => {
    const { ListUserProfilesCommand, ...others } = pages;
    void ListUserProfilesCommand;
    const out = await results(["access", "what", "usera"], account(others));
    expect(out[0]).toBe(`usera (IAM, ${role("usera")})`);
    expect(out.join("\n")).toContain(
      "Not known: which user profiles in Studio the roles are (Error: ListUserProfilesCommand may not be called)",
    );
  });

  it("or is not, or may not be read", async () => {
    const refused = (name: string) =>
      account({
        ...pages,
        ListAccessGrantsCommand: () => {
          throw Object.assign(new Error("no"), { name });
        },
      });
    expect((await ran(["access", "matrix"], refused("AccessGrantsInstanceNotExistsError"))).err).toBe(
      "Account 123456789012 has no S3 Access Grants instance in eu-central-1: nothing is granted there. Another Region? Set AWS_REGION.",
    );
    expect((await ran(["access", "matrix"], refused("AccessDenied"))).err).toBe(
      "The S3 Access Grants of account 123456789012 in eu-central-1 cannot be read: AccessDenied: no",
    );
  });
});
