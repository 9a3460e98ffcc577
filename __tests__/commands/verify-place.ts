import * as dns from "node:dns";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataZone } from "../../sandbox/datazone";
import { sagemaker } from "../../sandbox/sagemaker";
import type { Catalog } from "../../sandbox/walkthrough/approvals";
import { python } from "../../sandbox/walkthrough/clients";
import type { Credentials } from "../sandbox/access-grants/boto";
import { ACCOUNT, BUCKET, roleArn, type Studio, startStudio } from "../sandbox/access-grants/studio";
import { type Ran, ran } from "./run";

const REGION = "us-east-1";
const SPARK = "sagemaker-spark-processing:3.3-cpu";

/** A sandbox in which an approver and people have worked, and the state of what was deployed there. */
export interface Place extends Studio {
  readonly catalog: Catalog;
  readonly folder: string;
  readonly state: string;
  /** A session of whoever runs the command. */
  readonly operator: Credentials;
  /** Calls Amazon DataZone about the domain. */
  zone<T = Record<string, string>>(operation: string, input?: object, by?: Credentials): Promise<T>;
  /** The approver's role decides a new request. */
  decide(): Promise<void>;
  /** It reads the subscriber's project, as a policy that refers to its details has it do. */
  readForeign(): Promise<void>;
  readonly studioDomain: string;
  runJob(image?: string, role?: string): Promise<void>;
  grantTable(operation: "grant_permissions" | "revoke_permissions"): Promise<void>;
  verify(...args: readonly string[]): Promise<Ran>;
}

/** Names below localhost are this machine, as RFC 6761 has it; S3 Control puts the account before its host. */
function resolveLocalhost(): void {
  const { lookup } = dns as unknown as { lookup: (host: string, ...rest: unknown[]) => void };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what node:net itself looks names up by
  (require("node:dns") as { lookup: typeof lookup }).lookup = (host, ...rest) =>
    lookup(host.endsWith(".localhost") ? "127.0.0.1" : host, ...rest);
}

export async function startPlace(): Promise<Place> {
  resolveLocalhost();
  const studio = await startStudio([(around) => dataZone(around), (around) => sagemaker(around)]);
  const { sandbox, boto } = studio;
  const { control } = sandbox;
  await control.setQuotas({ enabled: false });
  const before = { ...process.env };
  Object.assign(process.env, sandbox.env, {
    AWS_ENDPOINT_URL_S3_CONTROL: sandbox.endpoint.replace("127.0.0.1", "localhost"),
  });
  const catalog = await python<Catalog>(sandbox.env, path.join(__dirname, "../../sandbox/walkthrough/catalog.py"));
  const zone: Place["zone"] = (operation, input = {}, by) =>
    boto.call("datazone", operation, { domainIdentifier: catalog.domain, ...input }, by);

  const make = async (name: string, actions: string): Promise<string> => {
    const trust = [{ Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }];
    await boto.call("iam", "create_role", {
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
    });
    const may = [{ Effect: "Allow", Action: actions, Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: may });
    await boto.call("iam", "put_role_policy", { RoleName: name, PolicyName: "p", PolicyDocument });
    return `arn:aws:iam::${ACCOUNT}:role/${name}`;
  };
  const approver = await make("approvals-role", "datazone:*");
  const persona = await make("persona", "*");
  const session = async (RoleArn: string): Promise<Credentials> =>
    (await boto.call<{ Credentials: Credentials }>("sts", "assume_role", { RoleArn, RoleSessionName: "it" }))
      .Credentials;
  // Whoever runs the command: a session of a role that is a member of the publishing project, as a steward's is.
  const operator = await make("operator", "*");
  const sales = { projectIdentifier: catalog.projects.sales };
  await zone("create_project_membership", {
    ...sales,
    designation: "PROJECT_CONTRIBUTOR",
    member: { userIdentifier: approver },
  });
  await zone("create_project_membership", {
    ...sales,
    designation: "PROJECT_OWNER",
    member: { userIdentifier: operator },
  });
  const asApprover = await session(approver);
  const own = await session(operator);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: own.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: own.SecretAccessKey,
    AWS_SESSION_TOKEN: own.SessionToken,
  });

  // A table with a term on a column, and everything that a listing of AWS Glue has.
  const glossary = await zone("create_glossary", {
    owningProjectIdentifier: sales.projectIdentifier,
    name: "Columns",
    status: "ENABLED",
  });
  const term = await zone("create_glossary_term", {
    glossaryIdentifier: glossary["id"],
    name: "Mail",
    status: "ENABLED",
  });
  const form = (name: string, content: object): object => ({
    formName: name,
    typeIdentifier: `amazon.datazone.${name}Type`,
    content: JSON.stringify(content),
  });
  const asset = await zone("create_asset", {
    owningProjectIdentifier: sales.projectIdentifier,
    typeIdentifier: "amazon.datazone.GlueTableAssetType",
    name: "contacts",
    formsInput: [
      form("GlueTableForm", {
        tableName: "contacts",
        tableArn: `arn:aws:glue:${REGION}:${ACCOUNT}:table/crm/contacts`,
      }),
      form("ColumnBusinessMetadataForm", {
        columnsBusinessMetadata: [{ columnIdentifier: "mail", glossaryTerms: [term["id"]] }],
      }),
    ],
  });
  const listed = await zone("create_listing_change_set", {
    entityIdentifier: asset["id"],
    entityType: "ASSET",
    action: "PUBLISH",
  });
  const decide = async (): Promise<void> => {
    const request = await zone("create_subscription_request", {
      requestReason: "confidential: code name Heron",
      subscribedListings: [{ identifier: listed["listingId"] }],
      subscribedPrincipals: [{ project: { identifier: catalog.projects["dev-forecasting"] } }],
    });
    const decisionComment = "[approvals 0123456789ab] public-data: Public data is approved for reading.";
    await zone("accept_subscription_request", { identifier: request["id"], decisionComment }, asApprover);
  };
  const readForeign = async (): Promise<void> => {
    const identifier = catalog.projects["dev-forecasting"];
    await zone("get_project", { identifier }, asApprover).catch(() => undefined);
  };
  const permission = {
    Principal: { DataLakePrincipalIdentifier: persona },
    Resource: { Table: { CatalogId: ACCOUNT, DatabaseName: "crm", Name: "contacts" } },
    Permissions: ["SELECT"],
  };
  const grantTable: Place["grantTable"] = async (operation) =>
    void (await boto.call("lakeformation", operation, permission));

  // Studio: a domain with a space of userA's own, and a job.
  const { Vpc } = await boto.call<{ Vpc: { VpcId: string } }>("ec2", "create_vpc", { CidrBlock: "10.0.0.0/16" });
  const subnet = { VpcId: Vpc.VpcId, CidrBlock: "10.0.1.0/24" };
  const { Subnet } = await boto.call<{ Subnet: { SubnetId: string } }>("ec2", "create_subnet", subnet);
  const { DomainId } = await boto.call<{ DomainId: string }>("sagemaker", "create_domain", {
    DomainName: "Product",
    AuthMode: "IAM",
    VpcId: Vpc.VpcId,
    SubnetIds: [Subnet.SubnetId],
    DefaultUserSettings: { ExecutionRole: persona },
  });
  await boto.call("sagemaker", "create_user_profile", { DomainId, UserProfileName: "userA" });
  const space = (SpaceName: string, SharingType: string): Promise<unknown> =>
    boto.call("sagemaker", "create_space", {
      DomainId,
      SpaceName,
      OwnershipSettings: { OwnerUserProfileName: "userA" },
      SpaceSharingSettings: { SharingType },
      SpaceSettings: { AppType: "JupyterLab" },
    });
  await space("own", "Private");
  let jobs = 0;
  const runJob: Place["runJob"] = async (image = SPARK, role = persona) =>
    void (await boto.call("sagemaker", "create_processing_job", {
      ProcessingJobName: `job-${++jobs}`,
      RoleArn: role,
      AppSpecification: { ImageUri: image },
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 5 } },
    }));

  const { TopicArn } = await boto.call<{ TopicArn: string }>("sns", "create_topic", { Name: "operators" });
  await boto.call("sns", "subscribe", { TopicArn, Protocol: "email", Endpoint: "on-call@example.com" });
  const alarm = {
    AlarmName: "approvals-errors",
    MetricName: "Errors",
    Namespace: "AWS/Lambda",
    Period: 60,
    Threshold: 0,
  };
  const when = { ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1, Statistic: "Sum" };
  await boto.call("cloudwatch", "put_metric_alarm", { ...alarm, ...when });
  await boto.call("cloudwatch", "set_alarm_state", {
    AlarmName: alarm.AlarmName,
    StateValue: "ALARM",
    StateReason: "it",
  });

  const grant = await studio.grant("usera", "UserA/*", "READ");
  await decide();
  await readForeign();
  await grantTable("grant_permissions");
  await runJob();

  const folder = mkdtempSync(path.join(tmpdir(), "verify-"));
  const resource = (type: string, values: object) => ({
    address: `${type}.it`,
    mode: "managed",
    type,
    name: "it",
    values,
  });
  const variables = {
    APPROVER_NAME: "approvals",
    DOMAIN_ID: catalog.domain,
    MEMBER_ROLE_ARN: approver,
    TOPIC_ARN: TopicArn,
    OPERATORS_TOPIC_ARN: TopicArn,
    PROJECTS_PATH: "/approvals/projects/1/digest",
  };
  const resources = [
    resource("aws_lambda_function", {
      arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:approvals`,
      environment: [{ variables }],
    }),
    resource("aws_ssm_parameter", { name: `${variables.PROJECTS_PATH}/0`, insecure_value: catalog.projects.sales }),
    resource("aws_sagemaker_domain", { id: DomainId }),
    resource("aws_sagemaker_user_profile", {
      domain_id: DomainId,
      user_profile_name: "userA",
      user_settings: [{ execution_role: persona }],
    }),
    resource("aws_sagemaker_user_profile", {
      domain_id: DomainId,
      user_profile_name: "userB",
      user_settings: [{ execution_role: roleArn("userb") }],
    }),
    resource("aws_s3control_access_grants_location", {
      access_grants_location_id: grant["AccessGrantsLocationId"],
      location_scope: `s3://${BUCKET}`,
    }),
    resource("aws_cloudwatch_metric_alarm", { alarm_name: alarm.AlarmName }),
  ];
  const state = path.join(folder, "state.json");
  writeFileSync(state, JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }));

  return {
    ...studio,
    catalog,
    folder,
    state,
    zone,
    operator: own,
    decide,
    readForeign,
    studioDomain: DomainId,
    runJob,
    grantTable,
    verify: (...args) =>
      ran(["verify", state, "--ledger", path.join(folder, "ledger"), ...args], { wait: () => sleep(20) }),
    stop: async () => {
      process.env = before;
      rmSync(folder, { recursive: true });
      await studio.stop();
    },
  };
}
