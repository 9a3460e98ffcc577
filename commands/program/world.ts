import { setTimeout as sleep } from "node:timers/promises";
import type { DataZoneClient } from "@aws-sdk/client-datazone";
import { type Terminal, processTerminal } from "./terminal";

/** All that a command reaches of the world outside, files and environment variables aside. */
export interface World extends Terminal {
  /** A client of Amazon DataZone with the credentials and in the Region of the shell. */
  readonly dataZone: () => Promise<Pick<DataZoneClient, "send">>;
  /** Waits between calls. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** The world of a process. The SDK is loaded by those who need it alone. */
export const processWorld = (): World => ({
  ...processTerminal(),
  wait: sleep,
  dataZone: async () => {
    const { DataZoneClient } = await import("@aws-sdk/client-datazone");
    const client = new DataZoneClient({});
    await client.config.region().catch(() => {
      throw new Error("Which Region? Set AWS_REGION, or a profile that has one with AWS_PROFILE.");
    });
    return client;
  },
});
