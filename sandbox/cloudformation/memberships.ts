import { setTimeout as sleep } from "node:timers/promises";
import { awsError } from "../errors";
import { AwsClient, AwsError } from "../gateway/aws-client";
import { operationOf } from "../gateway/operation";
import type { Caller, Service } from "../service";
import type { Membership } from "./template";

/** Memberships as CloudFormation makes them: by the API, in the name of who works with the stack. */
export class Memberships {
  private readonly aws: AwsClient;

  constructor(datazone: Service, caller: Caller, region: string) {
    this.aws = new AwsClient(
      async (call) => {
        const { name, parameters } = operationOf(call);
        const reply = await datazone.handle({ ...call, operation: name, parameters });
        return reply ?? awsError(call, 501, "NotImplemented", "The sandbox has no DataZone.");
      },
      caller,
      region,
    );
  }

  /** @throws AwsError */
  async add({ domain, project, designation, member }: Membership): Promise<void> {
    await this.patiently(pathOf(domain, project, "createMembership"), { designation, member });
  }

  /** What is gone already is no error. @throws AwsError */
  async remove({ domain, project, member }: Membership): Promise<void> {
    try {
      await this.patiently(pathOf(domain, project, "deleteMembership"), { member });
    } catch (error) {
      if (!(error instanceof AwsError && error.status === 404)) throw error;
    }
  }

  /** CloudFormation waits where it is throttled, and so do stacks with more members than the quota takes at once. */
  private async patiently(path: string, input: Readonly<Record<string, unknown>>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.aws.rest("datazone", "POST", path, input);
        return;
      } catch (error) {
        if (!(error instanceof AwsError && error.status === 429 && attempt < ATTEMPTS)) throw error;
        await sleep(PAUSE);
      }
    }
  }
}

const ATTEMPTS = 30;
const PAUSE = 350;

const pathOf = (domain: string, project: string, action: string) =>
  `/v2/domains/${encodeURIComponent(domain)}/projects/${encodeURIComponent(project)}/${action}`;

/** Whether two memberships are of the same member in the same project. */
export const isSameMember = (one: Membership, other: Membership): boolean =>
  JSON.stringify([one.domain, one.project, one.member]) === JSON.stringify([other.domain, other.project, other.member]);
