import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { World } from "../program/world";
import type { LogEvent } from "./entries";

/** CloudWatch Logs takes five FilterLogEvents a second in an account, in the smallest Regions. */
const CALLS_PER_SECOND = 2;

/** What is asked for: a tenth of what a function writes, and nothing that a person wrote. */
const PATTERN = '{ ($.message = "decision") || ($.message = "policy") }';

/**
 * The log events of a log group with decisions and policies in them, read page by page. Changes nothing.
 *
 * @param since begin here
 * @throws Error that says what is missing, the name of the group or a permission
 */
export async function readGroup(world: World, logGroupName: string, since: Date): Promise<LogEvent[]> {
  const { FilterLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const client: Pick<CloudWatchLogsClient, "send"> = await world.logs();
  const events: LogEvent[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; ; pages++) {
    const input = { logGroupName, filterPattern: PATTERN, startTime: since.getTime(), nextToken };
    const page = await client.send(new FilterLogEventsCommand(input)).catch((error: Error) => {
      throw new Error(`The log group ${logGroupName} cannot be read: ${error.name}: ${error.message}`, {
        cause: error,
      });
    });
    for (const { message, timestamp } of page.events ?? [])
      if (message !== undefined) events.push({ text: message, at: new Date(timestamp ?? 0).toISOString() });
    nextToken = page.nextToken;
    if (nextToken === undefined) return events;
    if (pages % 20 === 19) world.note(`${logGroupName}: ${events.length} records so far`);
    await world.wait(1000 / CALLS_PER_SECOND);
  }
}
