import { DataZoneClient } from "@aws-sdk/client-datazone";
import type { KMSClient } from "@aws-sdk/client-kms";
import { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";

/**
 * Settings of every client: adaptive retries, which slow down when throttled, and time-outs short enough for an invocation.
 */
const SETTINGS = {
  retryMode: "adaptive",
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

/** The function's AWS clients. Those that most decisions do not need are loaded on first use. */
export const clients = {
  ssm: (): SSMClient => new SSMClient(SETTINGS),
  sns: (): SNSClient => new SNSClient(SETTINGS),

  /** @param roleArn the separate approver role; undefined: the function's own */
  datazone: async (roleArn: string | undefined, sessionName: string): Promise<DataZoneClient> => {
    if (roleArn === undefined) return new DataZoneClient(SETTINGS);
    const { assume } = await import("./assume");
    return new DataZoneClient({ ...SETTINGS, credentials: assume(roleArn, sessionName) });
  },

  sqs: async (): Promise<SQSClient> => {
    const { queueClient } = await import("./queue");
    return queueClient(SETTINGS);
  },

  kms: async (): Promise<KMSClient> => {
    const { keyClient } = await import("./keys");
    return keyClient(SETTINGS);
  },
};

export type Clients = typeof clients;
