import { setTimeout as sleep } from "node:timers/promises";
import { awsError } from "../errors";
import { AwsClient, AwsError } from "../gateway/aws-client";
import { operationOf } from "../gateway/operation";
import type { Caller, Service } from "../service";
import type { Resource } from "./template";

/** A request to DataZone. */
export interface Request {
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Resources as CloudFormation makes them: by the API, in the name of who works with the stack. */
export class Resources {
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
  async add({ make }: Resource): Promise<void> {
    await this.patiently(make);
  }

  /** What is gone already is no error. @throws AwsError */
  async remove({ unmake }: Resource): Promise<void> {
    try {
      await this.patiently(unmake);
    } catch (error) {
      if (!(error instanceof AwsError && error.status === 404)) throw error;
    }
  }

  /**
   * Waits while DataZone throttles, and tries again, as CloudFormation does: a stack can have more resources than the
   * quota lets through at once.
   */
  private async patiently({ path, input }: Request): Promise<void> {
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
