import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  AcceptSubscriptionRequestCommand,
  type AcceptSubscriptionRequestCommandOutput,
  CreateAssetCommand,
  CreateDomainCommand,
  CreateListingChangeSetCommand,
  CreateProjectCommand,
  CreateProjectMembershipCommand,
  CreateSubscriptionRequestCommand,
  DataZoneClient,
  type FormInput,
  type UserDesignation,
} from "@aws-sdk/client-datazone";
import { departures } from "../../../sandbox/conformance/check";
import { type Exchange, recording } from "../../../sandbox/conformance/record";
import { type DataZone, type DataZoneOptions, dataZone } from "../../../sandbox/datazone";
import { readCall } from "../../../sandbox/gateway/request";
import type { EventBridgeEvent, Quotas, Surroundings } from "../../../sandbox/service";

const ACCOUNT = "123456789012";

export interface Detail {
  readonly metadata: Record<string, unknown>;
  readonly data: Record<string, unknown>;
}

export interface Zone {
  readonly endpoint: string;
  readonly service: DataZone;
  readonly events: EventBridgeEvent[];
  readonly exchanges: Exchange[];
  /** The clock of the service, in milliseconds; stands still unless it is moved. */
  time: number;
  quotas: Quotas;
  readonly domainIdentifier: string;
  /** A client that signs as a role; as the account's root where none is named. */
  as(role?: string): DataZoneClient;
  /**
   * Calls an operation that the SDK does not know yet, below the domain's path.
   *
   * @throws Error named by the code of the service's error
   */
  call<T>(role: string, method: string, path: string, input?: object): Promise<T>;
  /** The details of the events of a type, once the service has come to rest. */
  sent(detailType: string): Promise<Detail[]>;
  departures(): Promise<string[]>;
  stop(): void;
}

export const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** The DataZone of the sandbox behind a server of its own, where an access key is the name of the role that has it. */
export async function startZone(options: DataZoneOptions = {}): Promise<Zone> {
  const events: EventBridgeEvent[] = [];
  const exchanges: Exchange[] = [];
  const clients = new Map<string, DataZoneClient>();
  const surroundings: Surroundings = {
    moto: () => Promise.reject(new Error("not behind moto")),
    emit: (event) => Promise.resolve(void events.push(event)),
    now: () => new Date(zone.time),
    account: ACCOUNT,
    region: "eu-west-1",
    quotas: () => zone.quotas,
    carry: () => undefined,
    refusal: () => Promise.resolve(undefined),
    keepPolicy: () => undefined,
  };
  const service = recording(dataZone(surroundings, options), (exchange) => exchanges.push(exchange));
  const server = createServer((message, response) => {
    void readCall(message, exchanges.length)
      .then((call) => service.handle({ ...call, caller: callerOf(call.caller.accessKeyId) }))
      .then((reply) => response.writeHead(reply?.status ?? 404, reply?.headers).end(reply?.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const as = (role = "root") => {
    const client =
      clients.get(role) ??
      new DataZoneClient({
        endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: role, secretAccessKey: "secret" },
        maxAttempts: 1,
      });
    clients.set(role, client);
    return client;
  };
  const zone = {
    endpoint,
    service,
    events,
    exchanges,
    time: Date.parse("2026-03-01T12:00:00.250Z"),
    quotas: { enabled: false, scale: 1 },
    domainIdentifier: "",
    as,
    async call<T>(role: string, method: string, path: string, input?: object) {
      const scope = `Credential=${role}/20260301/eu-west-1/datazone/aws4_request`;
      const reply = await fetch(`${endpoint}/v2/domains/${zone.domainIdentifier}${path}`, {
        method,
        headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0` },
        ...(input && { body: JSON.stringify(input) }),
      });
      const answer = JSON.parse((await reply.text()) || "{}") as T & { message?: string };
      if (reply.ok) return answer;
      throw Object.assign(new Error(answer.message), { name: reply.headers.get("x-amzn-errortype") });
    },
    async sent(detailType: string) {
      await service.settled();
      return events.filter((event) => event["detail-type"] === detailType).map(({ detail }) => detail as Detail);
    },
    departures: () => departures(exchanges),
    stop: () => {
      for (const client of clients.values()) client.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
  const { id = "" } = await as().send(
    new CreateDomainCommand({ name: "lake", domainExecutionRole: roleArn("datazone-execution") }),
  );
  zone.domainIdentifier = id;
  return zone;
}

function callerOf(accessKeyId: string) {
  const caller = { accessKeyId, account: ACCOUNT };
  return accessKeyId === "root"
    ? { ...caller, arn: `arn:aws:iam::${ACCOUNT}:root` }
    : { ...caller, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${accessKeyId}/session`, roleArn: roleArn(accessKeyId) };
}

let serial = 0;

/** A project that the role owns; names are unique in a domain. */
export async function createProject(zone: Zone, owner: string): Promise<string> {
  const { domainIdentifier } = zone;
  const { id = "" } = await zone
    .as(owner)
    .send(new CreateProjectCommand({ domainIdentifier, name: `project ${++serial}` }));
  return id;
}

export async function addMember(
  zone: Zone,
  project: string,
  role: string,
  designation: UserDesignation,
): Promise<void> {
  await zone.as().send(
    new CreateProjectMembershipCommand({
      domainIdentifier: zone.domainIdentifier,
      projectIdentifier: project,
      member: { userIdentifier: roleArn(role) },
      designation,
    }),
  );
}

/** An asset, published: its id and its listing's. */
export async function publish(
  zone: Zone,
  project: string,
  { forms, glossaryTerms }: { forms?: FormInput[]; glossaryTerms?: string[] } = {},
): Promise<{ assetId: string; listingId: string }> {
  const { domainIdentifier } = zone;
  const asset = await zone.as().send(
    new CreateAssetCommand({
      domainIdentifier,
      owningProjectIdentifier: project,
      name: "orders",
      description: "All orders",
      typeIdentifier: "amazon.datazone.GlueTableAssetType",
      formsInput: forms,
      glossaryTerms,
    }),
  );
  const { listingId = "" } = await zone.as().send(
    new CreateListingChangeSetCommand({
      domainIdentifier,
      entityIdentifier: asset.id,
      entityType: "ASSET",
      action: "PUBLISH",
    }),
  );
  return { assetId: asset.id ?? "", listingId };
}

export const termsForm = (approvalRequired: "YES" | "NO"): FormInput => ({
  formName: "SubscriptionTermsForm",
  typeIdentifier: "amazon.datazone.SubscriptionTermsFormType",
  content: JSON.stringify({ approvalRequired }),
});

/** A request for a listing: by a role, for a project. */
export async function request(zone: Zone, role: string, project: string, listing: string): Promise<string> {
  const { id = "" } = await zone.as(role).send(
    new CreateSubscriptionRequestCommand({
      domainIdentifier: zone.domainIdentifier,
      subscribedPrincipals: [{ project: { identifier: project } }],
      subscribedListings: [{ identifier: listing }],
      requestReason: "for the report",
    }),
  );
  return id;
}

export const accept = (
  zone: Zone,
  role: string,
  identifier: string,
  decisionComment = "fine",
): Promise<AcceptSubscriptionRequestCommandOutput> =>
  zone
    .as(role)
    .send(
      new AcceptSubscriptionRequestCommand({ domainIdentifier: zone.domainIdentifier, identifier, decisionComment }),
    );
