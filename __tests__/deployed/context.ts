import {
  AcceptSubscriptionRequestCommand,
  CreateSubscriptionRequestCommand,
  DataZoneClient,
  GetSubscriptionRequestDetailsCommand,
  type GetSubscriptionRequestDetailsCommandOutput,
} from "@aws-sdk/client-datazone";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startSandbox, type Sandbox } from "../../sandbox";
import { Deployment } from "../../sandbox/deployment";
import type { AccessOutputs } from "../../sandbox/walkthrough/access";
import type { ApprovalOutputs, Catalog } from "../../sandbox/walkthrough/approvals";
import { as, until } from "../../sandbox/walkthrough/clients";
import { type Announcement, Inbox } from "../../sandbox/walkthrough/inbox";
import { makeWorld, type World } from "../../sandbox/walkthrough/world";

/** A sandbox with a catalog in it. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly catalog: Catalog;
}

/** What all tests of one deployment share. */
export interface Deployed extends World, Place {
  readonly deployment: Deployment;
  readonly outputs: ApprovalOutputs & AccessOutputs;
}

/**
 * Starts a sandbox and deploys the environment into it: one apply, which all tests of a file share, because it takes the provider
 * over a minute whatever the machine does. What `beside` writes into the stack's folder is applied with it.
 */
export async function deploy(beside?: (stackDirectory: string, world: World) => void): Promise<Deployed> {
  // Twice the usual scale: the tests wait for visibility timeouts a lot.
  const sandbox = await startSandbox({ timeScale: 120 });
  try {
    const world = await makeWorld(sandbox);
    const deployment = new Deployment(sandbox, { settings: world.settings });
    beside?.(deployment.stackDirectory, world);
    const outputs = (await deployment.deploy()) as unknown as Deployed["outputs"];
    return { sandbox, deployment, outputs, ...world };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

/** Ends what `deploy` started. */
export async function tearDown(deployed: Deployed | undefined): Promise<void> {
  await deployed?.sandbox.stop();
  deployed?.deployment.cleanUp();
}

export type Details = GetSubscriptionRequestDetailsCommandOutput;

/** The people of the catalog, with the SDK's clients. */
export class People {
  readonly inbox: Inbox;

  private constructor(
    private readonly place: Place,
    private readonly analyst: DataZoneClient,
    private readonly steward: DataZoneClient,
    private readonly sqs: SQSClient,
  ) {
    this.inbox = new Inbox(place.sandbox.env, place.catalog.inbox.url);
  }

  static async of(place: Place): Promise<People> {
    const { endpoint, region } = place.sandbox;
    const admin = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    const person = async (name: "analyst" | "steward"): Promise<DataZoneClient> => {
      const env = await as(place.sandbox.env, place.catalog.people[name], name);
      const credentials = {
        accessKeyId: env["AWS_ACCESS_KEY_ID"]!,
        secretAccessKey: env["AWS_SECRET_ACCESS_KEY"]!,
        sessionToken: env["AWS_SESSION_TOKEN"],
      };
      return new DataZoneClient({ endpoint, region, credentials });
    };
    return new People(place, await person("analyst"), await person("steward"), new SQSClient(admin));
  }

  /** Asks for an asset and returns the request's id. */
  async request(asset: string, project: keyof Catalog["projects"] = "dev-forecasting"): Promise<string> {
    const { domain, listings, projects } = this.place.catalog;
    const created = await this.analyst.send(
      new CreateSubscriptionRequestCommand({
        domainIdentifier: domain,
        requestReason: "A test asks.",
        subscribedListings: [{ identifier: listings[asset]! }],
        subscribedPrincipals: [{ project: { identifier: projects[project] } }],
      }),
    );
    return created.id!;
  }

  async details(identifier: string): Promise<Details> {
    const input = { domainIdentifier: this.place.catalog.domain, identifier };
    return await this.steward.send(new GetSubscriptionRequestDetailsCommand(input));
  }

  /** The request, once it is no longer pending. */
  async decided(identifier: string, seconds = 60): Promise<Details> {
    return await until(`the decision on ${identifier}`, seconds, async () => {
      const details = await this.details(identifier);
      return details.status === "PENDING" ? undefined : details;
    });
  }

  async acceptByHand(identifier: string, decisionComment: string): Promise<void> {
    const input = { domainIdentifier: this.place.catalog.domain, identifier, decisionComment };
    await this.steward.send(new AcceptSubscriptionRequestCommand(input));
  }

  /** The announcements about a request, once there is one. */
  async announced(identifier: string, decision: string, seconds = 60): Promise<Announcement[]> {
    return await until(`the announcement "${decision}" of ${identifier}`, seconds, async () => {
      const found = await this.inbox.find(
        ({ body, attributes }) => body["subscriptionRequestId"] === identifier && attributes["decision"] === decision,
      );
      return found.length > 0 ? found : undefined;
    });
  }

  /** How many messages are in a queue, visible or not. */
  async messagesIn(url: string): Promise<number> {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
    );
    return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  }
}
