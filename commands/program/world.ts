import { setTimeout as sleep } from "node:timers/promises";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { DataZoneClient } from "@aws-sdk/client-datazone";
import type { S3ControlClient } from "@aws-sdk/client-s3-control";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { type Terminal, processTerminal } from "./terminal";

/** All that a command reaches of the world outside, files and environment variables aside. */
export interface World extends Terminal {
  /** A client of Amazon DataZone with the credentials and in the Region of the shell. */
  readonly dataZone: () => Promise<Pick<DataZoneClient, "send">>;
  /** Likewise, of CloudWatch Logs. */
  readonly logs: () => Promise<Pick<CloudWatchLogsClient, "send">>;
  /** Likewise, of Systems Manager's Parameter Store. */
  readonly parameters: () => Promise<Pick<SSMClient, "send">>;
  /** The account and Region of the shell, with clients there. */
  readonly account: () => Promise<Account>;
  /** Asks whoever is at the terminal; not there where nobody is. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Waits between calls. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** An account in a Region, and what tells of data access in it. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly s3: Pick<S3ControlClient, "send">;
  readonly studio: Pick<SageMakerClient, "send">;
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asked.question(question)).trim();
  } finally {
    asked.close();
  }
}

/**
 * Keeps the SDK from saying, before every answer, that its future releases need a newer Node.js: the release is pinned, and who runs the program
 * chooses none. Whoever wants the warning sets the variable to `false`.
 */
export function quietSdk(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
}

/** The world of a process. The SDK is loaded by those who need it alone. */
export function processWorld(): World {
  quietSdk();
  return { ...processTerminal(), ...REACH };
}

const REACH: Omit<World, keyof Terminal> = {
  wait: sleep,
  ask: process.stdin.isTTY ? ask : undefined,
  dataZone: async () => located(new (await import("@aws-sdk/client-datazone")).DataZoneClient({})),
  logs: async () => located(new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient({})),
  parameters: async () => located(new (await import("@aws-sdk/client-ssm")).SSMClient({})),
  account: async () => {
    const [{ S3ControlClient }, { SageMakerClient }, { STSClient, GetCallerIdentityCommand }] = await Promise.all([
      import("@aws-sdk/client-s3-control"),
      import("@aws-sdk/client-sagemaker"),
      import("@aws-sdk/client-sts"),
    ]);
    const sts = new STSClient({});
    const region = await regionOf(sts);
    const { Account: id } = await sts.send(new GetCallerIdentityCommand({}));
    if (id === undefined) throw new Error("STS does not say which account this is");
    // Many user profiles are asked about one by one, more often than the default of three tries bears.
    return { id, region, s3: new S3ControlClient({}), studio: new SageMakerClient({ maxAttempts: 10 }) };
  },
};

/** @throws Error where nothing says which Region */
const regionOf = (client: Regional): Promise<string> =>
  client.config.region().catch(() => {
    throw new Error("Which Region? Set AWS_REGION, or a profile that has one with AWS_PROFILE.");
  });

/** A client that knows where it is. */
async function located<C extends Regional>(client: C): Promise<C> {
  await regionOf(client);
  return client;
}

interface Regional {
  readonly config: { readonly region: () => Promise<string> };
}
