import { type Decision, decideByIdentity } from "../../sandbox/authorization/simulate";
import { as, aws, type Env, outcome } from "../../sandbox/walkthrough/clients";
import type { Driven } from "./driven";

type Access = "granted" | "denied" | string;

interface Endpoint {
  readonly ServiceName: string;
  readonly VpcEndpointType: string;
  readonly PolicyDocument: string;
}

interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

/** System B: each way in of each example grants one access, and denies one. */
export function access(driven: () => Driven): void {
  const sandbox = (): Driven["root"]["sandbox"] => driven().root.sandbox;
  const made = (): Driven["made"] => driven().made;

  const person = (roleArn: string): Promise<Env> => as(sandbox().env, roleArn, "somebody");
  /** Somebody who is signed in by Identity Center, behind an application. */
  const signedIn = async (identity: object): Promise<Env> => {
    const ContextAssertion = Buffer.from(JSON.stringify(identity)).toString("base64");
    const context = [{ ProviderArn: "arn:aws:iam::aws:contextProvider/IdentityCenter", ContextAssertion }];
    const { Credentials } = await aws<{ Credentials: Credentials }>(
      sandbox().env,
      ...["sts", "assume-role", "--role-arn", made().application_role_arn, "--role-session-name", "somebody"],
      ...["--provided-contexts", JSON.stringify(context)],
    );
    return withCredentials(Credentials);
  };
  const withCredentials = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials): Env => ({
    ...sandbox().env,
    AWS_ACCESS_KEY_ID: AccessKeyId,
    AWS_SECRET_ACCESS_KEY: SecretAccessKey,
    AWS_SESSION_TOKEN: SessionToken,
  });

  /** Asks for credentials, and reads or writes an object with them. */
  const access = async (who: Env, permission: "READ" | "WRITE", bucket: string, key: string): Promise<Access> => {
    const { account } = sandbox();
    try {
      const target = ["--target", `s3://${bucket}/${key}`, "--target-type", "Object", "--permission", permission];
      const { Credentials } = await aws<{ Credentials: Credentials }>(
        who,
        ...["s3control", "get-data-access", "--account-id", account, ...target],
      );
      const object = ["--bucket", bucket, "--key", key];
      const granted = withCredentials(Credentials);
      if (permission === "READ") await aws(granted, "s3api", "get-object", ...object, "/dev/null");
      else await aws(granted, "s3api", "put-object", ...object);
      return "granted";
    } catch (error) {
      const { message } = error as Error;
      return /do not have \w+ permissions to the requested S3 Prefix/.test(message) ? "denied" : message;
    }
  };

  test("access-grants: a role and a group, in a location made here and in one of another's role", async () => {
    const {
      "module.data": { bucket_name: data },
      "aws_iam_role.analyst": { arn },
    } = made().access_grants;
    const { reports } = made().buckets;
    const [analyst, auditors] = [await person(arn), await signedIn(driven().root.directory.asAuditor)];
    expect([
      await access(analyst, "WRITE", data, "Product/new.csv"),
      await access(analyst, "READ", data, "Product/new.csv"),
      await access(analyst, "READ", data, "Other/new.csv"),
      await access(analyst, "READ", reports, "published/a.csv"),
      await access(analyst, "WRITE", reports, "published/a.csv"),
      await access(auditors, "READ", data, "Product/new.csv"),
      await access(auditors, "WRITE", data, "Product/new.csv"),
    ]).toEqual(["granted", "granted", "denied", "granted", "denied", "granted", "denied"]);
  });

  test("persona-grants: a prefix, and one object", async () => {
    const analyst = await person(made().persona_grants["aws_iam_role.analyst"].arn);
    const auditors = await signedIn(driven().root.directory.asAuditor);
    const { product } = made().buckets;
    for (const who of [analyst, auditors]) {
      expect([
        await access(who, "READ", product, "Product/a.csv"),
        await access(who, "READ", product, "Reports/latest.csv"),
        await access(who, "READ", product, "Reports/older.csv"),
        await access(who, "READ", product, "UserA/a.csv"),
      ]).toEqual(["granted", "granted", "denied", "denied"]);
    }
  });

  test("studio-access: everyone's own prefix, and what is shared", async () => {
    const { bucket_name: data, role_arns: roles } = made().studio_access["module.studio_access"];
    const [userA, userB] = [await person(roles["userA"]!), await person(roles["userB"]!)];
    expect([
      await access(userA, "READ", data, "UserA/abalone.csv"),
      await access(userA, "READ", data, "UserB/abalone.csv"),
      await access(userB, "READ", data, "Product/abalone.csv"),
      await access(userB, "WRITE", data, "Product/abalone.csv"),
    ]).toEqual(["granted", "denied", "granted", "denied"]);
  });

  test("studio-domain: everyone's own scratch folder, and no data without a grant", async () => {
    const { scratch_bucket_name: scratch, role_arns: roles } = made().studio_domain["module.studio_domain"];
    const userA = await person(roles["userA"]!);
    const put = (folder: string): Promise<string> =>
      outcome(userA, "s3api", "put-object", "--bucket", scratch, "--key", `${folder}/log`);
    expect([await put("userA"), await put("userB")]).toEqual(["ok", "AccessDenied"]);
    expect(await access(userA, "READ", made().buckets.product, "Product/a.csv")).toBe("denied");
  });

  test("data-bucket: what the loader has read from a website, once, and nobody who has not been let in", async () => {
    const { bucket_name: data } = made().data_bucket["module.data_bucket"];
    expect(driven().root.website.asked).toEqual(["/2024/abalone.csv"]);
    const list = ["s3api", "list-objects-v2", "--bucket", data];
    const { Contents } = await aws<{ Contents: { Key: string }[] }>(sandbox().env, ...list);
    expect(Contents.map(({ Key }) => Key)).toEqual(["Product/", "UserA/", "UserB/"].map((at) => `${at}abalone.csv`));
    const userA = await person(made().studio_access["module.studio_access"].role_arns["userA"]!);
    expect(await outcome(userA, ...list)).toBe("AccessDenied");
  });

  const endpoints = async (vpc: string): Promise<readonly Endpoint[]> => {
    const filters = ["--filters", `Name=vpc-id,Values=${vpc}`];
    const found = await aws<{ VpcEndpoints: Endpoint[] }>(sandbox().env, "ec2", "describe-vpc-endpoints", ...filters);
    return found.VpcEndpoints;
  };

  test("studio-network: the endpoints, by the names of their services", async () => {
    const { vpc_id } = made().studio_network["module.studio_network"];
    const VpcEndpoints = await endpoints(vpc_id);
    const named = VpcEndpoints.map(({ ServiceName, VpcEndpointType }) => `${VpcEndpointType} ${ServiceName}`);
    expect(named).toEqual(
      expect.arrayContaining([
        "Gateway com.amazonaws.us-east-1.s3",
        "Interface com.amazonaws.us-east-1.s3",
        "Interface com.amazonaws.us-east-1.kms",
        "Interface aws.sagemaker.us-east-1.notebook",
        "Interface aws.sagemaker.us-east-1.studio",
      ]),
    );
  });

  // The sandbox has no packets: what is decided is the policy that EC2 has, by the evaluation that decides for roles.
  test("studio-network: to S3 for whoever is of this account, for a trusted account to what is its own, and for nobody else", async () => {
    const { account } = sandbox();
    const all = await endpoints(made().studio_network["module.studio_network"].vpc_id);
    const toS3 = all.filter(({ ServiceName }) => ServiceName.endsWith(".s3"));
    const [trusted, stranger] = ["210987654321", "999999999999"];
    const decide = ({ PolicyDocument }: Endpoint, caller: string, owner: string): Decision => {
      // Whose account asks is in the keys alone: between two accounts the data's owner has a say too, which is not asked for here.
      const asked = {
        principal: `arn:aws:sts::${sandbox().account}:assumed-role/somebody/session`,
        action: "s3:PutObject",
        resource: "arn:aws:s3:::somebodys/new.csv",
        context: { "aws:PrincipalAccount": caller, "aws:ResourceAccount": owner },
      };
      return decideByIdentity(asked, { policies: [JSON.parse(PolicyDocument) as object] });
    };
    expect(toS3.map(({ VpcEndpointType }) => VpcEndpointType).sort()).toEqual(["Gateway", "Interface"]);
    for (const endpoint of toS3) {
      expect([
        decide(endpoint, account, account),
        decide(endpoint, trusted, trusted),
        decide(endpoint, trusted, account),
        decide(endpoint, stranger, account),
        decide(endpoint, stranger, stranger),
      ]).toEqual(["Allowed", "Allowed", "ImplicitlyDenied", "ImplicitlyDenied", "ImplicitlyDenied"]);
    }
  });

  test("what people bring: a bucket with its location, a group by its display name, and a user of Identity Center", async () => {
    const { lake } = made().buckets;
    const userA = await person(made().brought.role_arns["userA"]!);
    const auditors = await signedIn(driven().root.directory.asAuditor);
    const visitor = await signedIn(driven().root.directory.asVisitor);
    expect([
      await access(userA, "WRITE", lake, "UserA/new.csv"),
      await access(userA, "READ", lake, "UserB/a.csv"),
      await access(auditors, "READ", lake, "Product/a.csv"),
      await access(auditors, "READ", lake, "Reports/latest.csv"),
      await access(visitor, "READ", lake, "Reports/latest.csv"),
      await access(visitor, "READ", lake, "Product/a.csv"),
    ]).toEqual(["granted", "denied", "granted", "denied", "granted", "denied"]);
  });
}
