import type { Readable } from "node:stream";
import type { Access, ConditionKeys } from "./authorization/access";

/** One request of an AWS client, as it reached the sandbox's endpoint. */
export interface Call {
  /** Number of the call in the call log. */
  readonly id: number;
  readonly method: string;
  /** The path as sent: still percent-encoded, no query, no host (an absolute-form target has lost it). */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; empty where `stream` carries it. */
  readonly body: Buffer;
  /** The body of an S3 upload of more than 1 MiB, or of unknown length: to be passed on, it can be read only once. */
  readonly stream?: Readable;
  /** Service of the SigV4 credential scope (`datazone`, `s3`, `lambda` …); empty where the call is not signed. */
  readonly service: string;
  readonly region: string;
  readonly caller: Caller;
  /** The API operation (`AcceptSubscriptionRequest`), by botocore's service models; empty where none fits. */
  readonly operation: string;
  /** What the path holds by the same models, decoded: `{ domainIdentifier: "dzd_…" }`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who signed a call. `arn` is what STS GetCallerIdentity says; `roleArn` the role behind an assumed-role session. */
export interface Caller {
  readonly accessKeyId: string;
  readonly account: string;
  readonly arn: string;
  readonly roleArn?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** In place of `body`: the data of a large S3 object. */
  readonly stream?: Readable;
  /** The API operation, for the call log, where `Call.operation` does not say it. */
  readonly operation?: string;
  /** What was acted on, for the call log, where the request does not say it: what was made. */
  readonly resource?: string;
}

/**
 * One part of the local AWS that moto lacks or gets wrong. The gateway asks each in turn; the first that answers is the
 * reply; `undefined` passes the call on, in the end to moto.
 */
export interface Service {
  handle(call: Call): Promise<Reply | undefined>;
  /** Changes how it behaves where that can be chosen, by the name of the AWS service. They throw for what is not known. */
  readonly choices?: Readonly<Record<string, (changes: unknown) => void>>;
  /** Condition keys of a call's own action that only the service knows: the owner of a space. */
  conditionKeys?(call: Call): Promise<ConditionKeys>;
  /** Adds what every answer of the service carries, a refusal by the gateway included. */
  complete?(call: Call, reply: Reply): Promise<Reply>;
  /** Called once when the sandbox stops. */
  stop?(): Promise<void>;
}

/** What a service may use of the rest of the sandbox. */
export interface Surroundings {
  /** Sends a call to moto as it is, or changed, past every service. */
  readonly moto: (call: Call) => Promise<Reply>;
  /** Puts an event on the default bus of the account, as the service itself would. */
  readonly emit: (event: EventBridgeEvent) => Promise<void>;
  /** The time; tests move it. */
  readonly now: () => Date;
  readonly account: string;
  readonly region: string;
  /** Request rates per second that a service enforces; a caller may change them while the sandbox runs. */
  readonly quotas: () => Quotas;
  /**
   * Condition keys that every later request with these credentials carries, as a service adds them to credentials that
   * it vends (`s3:AccessGrantsInstanceArn`).
   */
  readonly carry: (accessKeyId: string, conditionKeys: Readonly<Record<string, string>>) => void;
  /** Why policies refuse a caller something; nothing where they do not. */
  readonly refusal: (caller: Caller, access: Access) => Promise<string | undefined>;
  /** The policy of a resource, by its ARN, where moto does not keep it as it was put; undefined where it is gone. */
  readonly keepPolicy: (arn: string, policy: string | undefined) => void;
}

export interface Quotas {
  readonly enabled: boolean;
  /** Every documented rate is multiplied by this. */
  readonly scale: number;
}

export interface EventBridgeEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
