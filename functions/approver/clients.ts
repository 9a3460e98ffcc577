import { DataZoneClient } from "@aws-sdk/client-datazone";
import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";

/**
 * How every client calls: adaptive retries slow down by themselves when throttled; no call waits longer than it can afford
 * to in an invocation.
 */
const SETTINGS = {
  retryMode: "adaptive",
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

/** What only some operations need is loaded when it is needed: a decision starts without it. */
export const clients = {
  ssm: (): SSMClient => new SSMClient(SETTINGS),
  sns: (): SNSClient => new SNSClient(SETTINGS),

  /** @param roleArn the separate approver role; undefined: the function's own */
  datazone: (roleArn: string | undefined, sessionName: string): DataZoneClient =>
    new DataZoneClient({ ...SETTINGS, ...(roleArn && { credentials: assume(roleArn, sessionName) }) }),

  sqs: async () => new (await import("@aws-sdk/client-sqs")).SQSClient(SETTINGS),

  /** The ARN of the role that acts in DataZone: the one given, or the function's own. */
  identity: async (roleArn: string | undefined): Promise<string> => {
    if (roleArn) return roleArn;
    const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
    return (await new STSClient(SETTINGS).send(new GetCallerIdentityCommand({}))).Arn ?? "unknown";
  },
};

export type Clients = typeof clients;

/** Credentials of the separate approver role, for an hour at a time; CloudTrail shows the session's name. */
function assume(RoleArn: string, RoleSessionName: string) {
  const provider = import("@aws-sdk/credential-providers").then(({ fromTemporaryCredentials }) =>
    fromTemporaryCredentials({ params: { RoleArn, RoleSessionName, DurationSeconds: 3600 } }),
  );
  return async (...options: Parameters<Awaited<typeof provider>>) => (await provider)(...options);
}
