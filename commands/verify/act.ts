import { randomBytes } from "node:crypto";
import {
  AcceptSubscriptionRequestCommand,
  CreateAssetCommand,
  CreateListingChangeSetCommand,
  CreateProjectCommand,
  CreateSubscriptionRequestCommand,
} from "@aws-sdk/client-datazone";
import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { CreateAccessGrantCommand, GetDataAccessCommand } from "@aws-sdk/client-s3-control";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { reasonOf } from "./check";
import type { Clients, Credentials } from "./clients";
import type { Ledger } from "./ledger";
import type { Targets } from "./targets";

/** An event as the rule got it. */
export interface Event {
  readonly "detail-type": string;
  readonly detail: {
    readonly data?: Readonly<Record<string, unknown>>;
    readonly metadata?: Readonly<Record<string, unknown>>;
  };
}

/** What was made to be looked at, and what came of it. Where a part could not be made, why. */
export interface Acted {
  readonly catalog: Tried<{
    readonly projectId: string;
    readonly requestId: string;
    readonly listingId: string;
    readonly events: readonly Event[];
  }>;
  readonly access: Tried<{ readonly bucket: string; readonly prefix: string; readonly credentials: Credentials }>;
}

export type Tried<T> = { readonly made: T } | { readonly failed: string };

/** Whoever meets one of these things reads what it is. */
const MARK = "A test of sagemaker-data-access verify: please ignore it, it removes itself";

/** What is made, and what it costs: said before anybody is asked. */
export const COST = `It makes, and removes again: a project with one published asset, a subscription request for it and its subscription, in the
DataZone domain; a queue and an event rule; an S3 Access Grant of the shell's own role to a prefix of its own. Nothing that is there is
changed, and no publishing project hears of it. Cost: requests only, less than a cent at AWS's list prices; no compute, no storage.`;

/** How long events may take, in tries of two seconds. */
const TRIES = 45;

/** Makes what only can be looked at where it is made. Each thing is in the ledger before it is there. */
export async function act(
  aws: Clients,
  targets: Targets,
  ledger: Ledger,
  wait: (ms: number) => Promise<unknown>,
): Promise<Acted> {
  const name = `verify-${randomBytes(4).toString("hex")}`;
  return {
    catalog: await tried(() => inCatalog(aws, targets, ledger, name, wait)),
    access: await tried(() => inAccessGrants(aws, targets, ledger, name)),
  };
}

const tried = async <T>(make: () => Promise<T>): Promise<Tried<T>> =>
  await make().then(
    (made) => ({ made }),
    (error: unknown) => ({ failed: reasonOf(error) }),
  );

async function inCatalog(
  aws: Clients,
  targets: Targets,
  ledger: Ledger,
  name: string,
  wait: (ms: number) => Promise<unknown>,
) {
  const { datazone } = aws;
  const domainIdentifier = targets.approver.domainId;
  const queueUrl = await listen(aws, targets, ledger, name);
  const project = await ledger.making("project", name, () =>
    datazone.send(new CreateProjectCommand({ domainIdentifier, name, description: MARK })),
  );
  const projectId = project.id!;
  const { partition, region, account } = targets;
  const table = {
    tableName: name,
    tableArn: `arn:${partition}:glue:${region}:${account}:table/${name}/${name}`,
    catalogId: account,
  };
  const asset = await ledger.making("asset", name, () =>
    datazone.send(
      new CreateAssetCommand({
        domainIdentifier,
        owningProjectIdentifier: projectId,
        name,
        description: MARK,
        typeIdentifier: "amazon.datazone.GlueTableAssetType",
        formsInput: [
          {
            formName: "GlueTableForm",
            typeIdentifier: "amazon.datazone.GlueTableFormType",
            content: JSON.stringify(table),
          },
        ],
      }),
    ),
  );
  const published = { domainIdentifier, entityIdentifier: asset.id!, entityType: "ASSET", action: "PUBLISH" } as const;
  const { listingId } = await datazone.send(new CreateListingChangeSetCommand(published));
  // For the caller, not for a project: a member of both projects would be approved by the service itself.
  const request = await ledger.making("request", name, async () =>
    datazone.send(
      new CreateSubscriptionRequestCommand({
        domainIdentifier,
        requestReason: MARK,
        subscribedListings: [{ identifier: listingId! }],
        subscribedPrincipals: [{ iam: { identifier: await ownRole(aws) } }],
      }),
    ),
  );
  const events: Event[] = [];
  const heard = (type: string) => async () => {
    for (let n = 0; n < TRIES && !events.some((event) => event["detail-type"] === type); n++) {
      events.push(...(await receive(aws, queueUrl)));
      await wait(2000);
    }
  };
  await heard("Subscription Request Created")();
  await ledger.making("subscription", request.id!, async () => {
    const decision = { domainIdentifier, identifier: request.id!, decisionComment: MARK };
    await datazone.send(new AcceptSubscriptionRequestCommand(decision));
    return {};
  });
  await heard("Subscription Request Accepted")();
  return { projectId, requestId: request.id!, listingId: listingId!, events };
}

/** A queue that hears of the domain's subscriptions. @returns its URL */
async function listen(
  { sqs, events }: Clients,
  { partition, region, account, approver }: Targets,
  ledger: Ledger,
  name: string,
): Promise<string> {
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: arn("sqs", name),
    Condition: { ArnEquals: { "aws:SourceArn": arn("events", `rule/${name}`) } },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { QueueUrl } = await ledger.making("queue", name, async () => ({
    ...(await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy }, tags: { purpose: MARK } }))),
    id: undefined,
  }));
  const pattern = { source: ["aws.datazone"], detail: { metadata: { domain: [approver.domainId] } } };
  await ledger.making("rule", name, async () => {
    await events.send(new PutRuleCommand({ Name: name, Description: MARK, EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: name, Arn: arn("sqs", name) }] }));
    return {};
  });
  return QueueUrl!;
}

async function receive({ sqs }: Clients, QueueUrl: string): Promise<Event[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body }) => JSON.parse(Body!) as Event);
}

async function inAccessGrants(aws: Clients, { account, locations }: Targets, ledger: Ledger, name: string) {
  const [location] = locations;
  if (!location) throw Object.assign(new Error(), { name: "NoLocation" });
  const [bucket = "", ...path] = location.scope.slice("s3://".length).split("/");
  const prefix = [...path.filter((part) => part !== "" && part !== "*"), name].join("/");
  const scope = `s3://${bucket}/${prefix}/*`;
  const GranteeIdentifier = await ownRole(aws);
  await ledger.making("grant", scope, async () => {
    const { AccessGrantId } = await aws.s3control.send(
      new CreateAccessGrantCommand({
        AccountId: account,
        AccessGrantsLocationId: location.id,
        AccessGrantsLocationConfiguration: { S3SubPrefix: `${name}/*` },
        Grantee: { GranteeType: "IAM", GranteeIdentifier },
        Permission: "READ",
      }),
    );
    return { id: AccessGrantId };
  });
  const { Credentials } = await aws.s3control.send(
    new GetDataAccessCommand({ AccountId: account, Target: scope, Permission: "READ", DurationSeconds: 900 }),
  );
  const credentials = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
  return { bucket, prefix, credentials };
}

/** The IAM principal of the shell: of a session its role, with the path that the session's ARN leaves out. */
async function ownRole({ sts, iam }: Clients): Promise<string> {
  const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  const [, RoleName] = /:assumed-role\/([^/]+)\//.exec(Arn) ?? [];
  if (RoleName === undefined) return Arn;
  return (await iam.send(new GetRoleCommand({ RoleName }))).Role!.Arn!;
}
