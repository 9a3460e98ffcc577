import type { Authorizer } from "./authorization/authorizer";
import type { AwsClient } from "./gateway/aws-client";
import type { Caller, Surroundings } from "./service";

/** What the parts of the sandbox that run functions and deliver events may use, in addition to what every service may. */
export interface Internals extends Surroundings {
  /** Straight to moto, as the account itself; in no log. */
  readonly aws: AwsClient;
  /** Through the gateway in somebody's name: logged, and allowed only what the caller's role allows. */
  readonly as: (caller: Caller) => AwsClient;
  readonly findCaller: (accessKeyId: string) => Promise<Caller>;
  readonly authorizer: Authorizer;
  readonly queueUrl: (queueArn: string) => string;
  /** The gateway's own address, for functions. */
  readonly endpoint: () => string;
  /** Divides the waits of queues and retries (docs/sandbox.md, "Time"). */
  readonly timeScale: number;
}
