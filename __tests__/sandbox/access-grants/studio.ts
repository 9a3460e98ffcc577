import { startSandbox, type Sandbox } from "../../../sandbox";
import { accessGrants } from "../../../sandbox/access-grants";
import { departures } from "../../../sandbox/conformance/check";
import { type Exchange, recording } from "../../../sandbox/conformance/record";
import { s3 } from "../../../sandbox/s3";
import type { Service, Surroundings } from "../../../sandbox/service";
import { type Boto, type Credentials, startBoto } from "./boto";

export const ACCOUNT = "123456789012";
export const BUCKET = "product-data";
export const INSTANCE = `arn:aws:s3:us-east-1:${ACCOUNT}:access-grants/default`;

/** A sandbox with the walkthrough's bucket, location role and two personas, and boto3 to try it. */
export interface Studio {
  readonly sandbox: Sandbox;
  readonly boto: Boto;
  /** What was exchanged with S3 Access Grants that botocore's model does not know; empty where all is well. */
  departures(): Promise<string[]>;
  /** Calls S3 Control as the account, or with credentials. */
  control<T = Record<string, unknown>>(operation: string, parameters?: object, credentials?: Credentials): Promise<T>;
  grant(role: string, subPrefix: string, permission: string, more?: object): Promise<Record<string, string>>;
  /** A session of a persona's role. */
  session(role: string): Promise<Credentials>;
  stop(): Promise<void>;
}

/**
 * Where the model contradicts itself: its patterns leave the instance's name out of ARNs, and its documentation says that
 * IdentityCenterArn is an application's.
 */
const KNOWN = /\.(AccessGrantArn|AccessGrantsLocationArn|IdentityCenterArn) does not match/;

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/studio/${name}`;

/** The trust policy of a location's role as AWS documents it. */
export function trust(change: object = {}): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "access-grants.s3.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT }, ArnEquals: { "aws:SourceArn": INSTANCE } },
        ...change,
      },
    ],
  };
}

export async function startStudio(more: readonly ((surroundings: Surroundings) => Service)[] = []): Promise<Studio> {
  const exchanges: Exchange[] = [];
  const sandbox = await startSandbox({
    services: [(surroundings) => recording(accessGrants(surroundings), (one) => exchanges.push(one)), s3, ...more],
  });
  const boto = await startBoto(sandbox);
  const personas = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }],
  };
  const dataAccess = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess", "s3:ListCallerAccessGrants"],
        Resource: INSTANCE,
      },
    ],
  };
  const condition = {
    StringEquals: { "aws:ResourceAccount": ACCOUNT },
    ArnEquals: { "s3:AccessGrantsInstanceArn": INSTANCE },
  };
  const data = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${BUCKET}/*`, Condition: condition },
      { Effect: "Allow", Action: "s3:List*", Resource: `arn:aws:s3:::${BUCKET}`, Condition: condition },
    ],
  };
  await boto.call("s3", "create_bucket", { Bucket: BUCKET });
  const makeRole = async (name: string, document: object, policy: object, more = {}) => {
    const AssumeRolePolicyDocument = JSON.stringify(document);
    await boto.call("iam", "create_role", { RoleName: name, Path: "/studio/", AssumeRolePolicyDocument, ...more });
    await boto.call("iam", "put_role_policy", {
      RoleName: name,
      PolicyName: "p",
      PolicyDocument: JSON.stringify(policy),
    });
  };
  await makeRole("location", trust(), data, { MaxSessionDuration: 7_200 });
  for (const persona of ["usera", "userb", "stranger"]) await makeRole(persona, personas, dataAccess);

  const control: Studio["control"] = (operation, parameters = {}, credentials) =>
    boto.call("s3control", operation, { AccountId: ACCOUNT, ...parameters }, credentials);
  let location: Promise<string> | undefined;
  const locationId = async () => {
    await control("create_access_grants_instance");
    const made = { LocationScope: `s3://${BUCKET}`, IAMRoleArn: roleArn("location") };
    return (
      (await control<Record<string, string>>("create_access_grants_location", made))["AccessGrantsLocationId"] ?? ""
    );
  };
  return {
    sandbox,
    boto,
    control,
    departures: async () => (await departures(exchanges)).filter((line) => !KNOWN.test(line)),
    grant: async (role, subPrefix, permission, more = {}) =>
      await control("create_access_grant", {
        AccessGrantsLocationId: await (location ??= locationId()),
        AccessGrantsLocationConfiguration: { S3SubPrefix: subPrefix },
        Grantee: { GranteeType: "IAM", GranteeIdentifier: roleArn(role) },
        Permission: permission,
        ...more,
      }),
    session: async (role) => {
      const request = { RoleArn: roleArn(role), RoleSessionName: role };
      return (await boto.call<{ Credentials: Credentials }>("sts", "assume_role", request)).Credentials;
    },
    stop: async () => {
      await boto.stop();
      await sandbox.stop();
    },
  };
}
