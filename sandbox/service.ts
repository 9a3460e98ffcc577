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
  readonly body: Buffer;
  /** Service of the SigV4 credential scope (`datazone`, `s3`, `lambda` …); empty where the call is not signed. */
  readonly service: string;
  readonly region: string;
  readonly caller: Caller;
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
  /** The API operation and the resource it acted on, for the call log and for authorization. */
  readonly operation?: string;
}

/**
 * One part of the local AWS that moto lacks or gets wrong. The gateway asks each in turn; the first that answers is the
 * reply; `undefined` passes the call on, in the end to moto.
 */
export interface Service {
  handle(call: Call): Promise<Reply | undefined>;
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
}

export interface EventBridgeEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
