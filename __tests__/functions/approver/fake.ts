import type { DataZoneClient } from "@aws-sdk/client-datazone";
import type { KMSClient } from "@aws-sdk/client-kms";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { Approver } from "../../../functions/approver/approver";
import type { Clients } from "../../../functions/approver/clients";
import { readConfig } from "../../../functions/approver/config";
import { paces } from "../../../functions/approver/pace";
import { digestOf } from "../../../functions/approver/policies/digest";

export const DOMAIN = "dzd_abc123";
export const PUBLISHER = "publisher1";
const PROJECTS = `${PUBLISHER},publisher2`;
/** Reading the list of projects, which is the same command as reading the policies. */
export const READ_PROJECTS = "GetParametersByPath of the projects";
export const ROLE = "arn:aws:iam::111122223333:role/some/path/approver";
export const NOW = new Date("2026-03-01T12:00:00Z");

type Input = Record<string, unknown>;
type Answer = (input: Input, call: number) => unknown;

/** An error as the SDK throws it. */
export const awsError = (name: string, status: number, message = name): Error =>
  Object.assign(new Error(message), { name, $fault: "client", $metadata: { httpStatusCode: status } });

export const throttled = (): Error => awsError("ThrottlingException", 429);
export const denied = (): Error => awsError("AccessDeniedException", 403, "not authorized");
export const notFound = (): Error => awsError("ResourceNotFoundException", 404);
export const conflict = (): Error => awsError("ConflictException", 409);

/** Stands at the seam where SDK clients send commands: answers each by its name, and remembers it. */
export class FakeAws {
  readonly calls: { readonly name: string; readonly input: Input }[] = [];
  readonly answers: Record<string, Answer> = {};

  on(command: string, answer: Answer | Error): this {
    this.answers[command] = answer instanceof Error ? () => Promise.reject(answer) : answer;
    return this;
  }

  send = async (command: { readonly input: object }): Promise<unknown> => {
    const input = command.input as Input;
    const isOfProjects = String(input["Path"]).includes("/projects/");
    const name = isOfProjects ? READ_PROJECTS : command.constructor.name.replace(/Command$/, "");
    this.calls.push({ name, input });
    const answer = this.answers[name];
    if (!answer) throw new Error(`unexpected call of ${name}`);
    return answer(input, this.count(name));
  };

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  inputs(name: string): Input[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  names(): string[] {
    return this.calls.map(({ name }) => name);
  }
}

export const asset = (change: object = {}): object => ({
  entityId: "asset1",
  entityRevision: "1",
  entityType: "GlueTable",
  forms: "{}",
  glossaryTerms: [{ name: "Public" }],
  ...change,
});

/** What ListSubscriptionRequests says of a request that was made so many minutes ago. */
export const pending = (id: string, minutes: number): object => ({
  id,
  status: "PENDING",
  createdAt: new Date(NOW.getTime() - minutes * 60_000),
});

/** What GetSubscriptionRequestDetails answers. */
export const request = (
  change: object = {},
  item: object = { assetListing: asset() },
): { subscribedListings: { ownerProjectId: string; [key: string]: unknown }[]; [key: string]: unknown } => ({
  id: "request1",
  createdBy: "user1",
  domainId: DOMAIN,
  status: "PENDING",
  createdAt: new Date(NOW.getTime() - 30 * 60_000),
  updatedAt: NOW,
  requestReason: "SECRET REASON",
  subscribedPrincipals: [{ project: { id: "subscriber1", name: "dev-analytics" } }],
  subscribedListings: [
    {
      id: "listing1",
      revision: "3",
      name: "Sales",
      description: "",
      ownerProjectId: PUBLISHER,
      ownerProjectName: "Sales team",
      item,
    },
  ],
  ...change,
});

/** What GetListing answers for the asset of `request()`, as long as nothing has changed. */
export const listing = (
  change: object = {},
  top: object = {},
): { item: { assetListing: object }; [key: string]: unknown } => ({
  domainId: DOMAIN,
  id: "listing1",
  listingRevision: "7",
  name: "Sales",
  status: "ACTIVE",
  item: {
    assetListing: {
      assetId: "asset1",
      assetRevision: "1",
      assetType: "GlueTable",
      forms: "{}",
      glossaryTerms: [{ name: "Public" }],
      owningProjectId: PUBLISHER,
      ...change,
    },
  },
  ...top,
});

export const event = (change: object = {}, data: object = {}): object => ({
  source: "aws.datazone",
  "detail-type": "Subscription Request Created",
  detail: {
    metadata: { domain: DOMAIN, id: "request1", owningProjectId: "subscriber1", ...change },
    data: {
      status: "PENDING",
      subscribedListings: [{ id: "listing1", ownerProjectId: PUBLISHER, version: "3" }],
      ...data,
    },
  },
});

export const batch = (...bodies: unknown[]): object => ({
  Records: bodies.map((body, index) => ({
    messageId: `message${index + 1}`,
    receiptHandle: `receipt${index + 1}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: "1" },
  })),
});

/** A batch of one that the queue delivers for the nth time. */
export const delivery = (body: unknown, count: number): object => ({
  Records: [
    {
      messageId: "message1",
      receiptHandle: "receipt1",
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: String(count) },
    },
  ],
});

export const PERMIT_ALL = '@id("all") @comment("All good.") permit (principal, action, resource);';

/** An announcement, as its subscribers get it. */
export interface Told {
  readonly subject: string;
  readonly email: string;
  readonly json: unknown;
  readonly attributes: unknown;
}

export interface World {
  readonly aws: FakeAws;
  readonly approver: Approver;
  readonly logs: Record<string, unknown>[];
  /** The metrics of each invocation. */
  readonly metrics: Record<string, unknown>[];
  readonly waited: number[];
  invoke<T>(input: unknown, milliseconds?: number): Promise<T>;
  announcements(): Told[];
  /** Lets time pass in an invocation, and begins one with the time it has in all. */
  pass(milliseconds: number): void;
  restart(): void;
  /** The bodies of the messages that were put on the queue. */
  queued(): Record<string, unknown>[];
}

/** What Parameter Store has below a path, on pages of at most ten. */
export const parametersOf =
  (texts: Record<string, string>): Answer =>
  ({ Path, NextToken, MaxResults }) => {
    const all = Object.entries(texts).map(([id, Value]) => ({ Name: `${String(Path)}/${id}`, Value }));
    const end = Number(NextToken ?? 0) + Number(MaxResults);
    return { Parameters: all.slice(Number(NextToken ?? 0), end), ...(end < all.length && { NextToken: `${end}` }) };
  };

/** The approver with a policy set, in front of a fake AWS in which a request waits. */
export function world(
  policies: Record<string, string> = { all: PERMIT_ALL },
  env: Record<string, string> = {},
  projects: Record<string, string> = { "0": PROJECTS },
): World {
  const aws = new FakeAws();
  const digest = digestOf(policies);
  aws
    .on("GetParametersByPath", parametersOf(policies))
    .on(READ_PROJECTS, parametersOf(projects))
    .on("GetSubscriptionRequestDetails", () => request())
    .on("GetListing", () => listing())
    .on("AcceptSubscriptionRequest", () => ({}))
    .on("RejectSubscriptionRequest", () => ({}))
    .on("Publish", () => ({ MessageId: "1" }))
    .on("SendMessageBatch", () => ({}))
    .on("ChangeMessageVisibility", () => ({}))
    .on("GetQueueAttributes", () => ({}))
    .on("GetTopicAttributes", () => ({}));
  const logs: Record<string, unknown>[] = [];
  const metrics: Record<string, unknown>[] = [];
  const waited: number[] = [];
  const logger = new Logger({ serviceName: "sales" });
  for (const level of ["info", "warn", "error"] as const) {
    logger[level] = ((message: unknown, details?: object) => {
      logs.push({ level, message, ...details });
    }) as Logger["info"];
  }
  const emf = new Metrics({ namespace: "SageMakerDataAccess", serviceName: "sales" });
  emf.publishStoredMetrics = () => {
    metrics.push(emf.serializeMetrics() as unknown as Record<string, unknown>);
    emf.clearMetrics();
    return emf;
  };
  let clock = 0;
  let begun = 0;
  const wait = async (milliseconds: number): Promise<void> => {
    waited.push(milliseconds);
    clock += milliseconds;
  };
  const pace = paces(() => clock, wait);
  const fake = <T>(): T => aws as unknown as T;
  const clients: Clients = {
    ssm: () => fake<SSMClient>(),
    sns: () => fake<SNSClient>(),
    datazone: async () => fake<DataZoneClient>(),
    sqs: async () => fake<SQSClient>(),
    kms: async () => fake<KMSClient>(),
  };
  const config = readConfig({
    APPROVER_NAME: "sales",
    ENVIRONMENT: "dev",
    DOMAIN_ID: DOMAIN,
    PROJECTS_PATH: `/sales/projects/1/${digestOf(projects)}`,
    POLICIES_PATH: `/sales/policies/${digest}`,
    QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales",
    DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales-dead-letters",
    TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:sales",
    OPERATORS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:sales-operators",
    MEMBER_ROLE_ARN: ROLE,
    ...env,
  });
  const now = () => NOW;
  const approver = new Approver({ config, clients, logger, metrics: emf, region: "us-east-1", now, pace, wait });
  return {
    aws,
    approver,
    logs,
    metrics,
    waited,
    invoke: <T>(input: unknown, milliseconds = 60_000): Promise<T> =>
      approver.handle(input, { getRemainingTimeInMillis: () => milliseconds - (clock - begun) }) as Promise<T>,
    announcements: () =>
      aws.inputs("Publish").map((input) => {
        const bodies = JSON.parse(input["Message"] as string);
        const { email, sqs } = bodies;
        return {
          subject: input["Subject"] as string,
          email,
          json: JSON.parse(sqs),
          attributes: input["MessageAttributes"],
        };
      }),
    pass: (milliseconds) => (clock += milliseconds),
    restart: () => (begun = clock),
    queued: () =>
      aws
        .inputs("SendMessageBatch")
        .flatMap((input) => input["Entries"] as { MessageBody: string }[])
        .map(({ MessageBody }) => JSON.parse(MessageBody) as Record<string, unknown>),
  };
}

export const ALL_SUCCEEDED = { batchItemFailures: [] };
export const FIRST_FAILED = { batchItemFailures: [{ itemIdentifier: "message1" }] };
