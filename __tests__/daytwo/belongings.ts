import * as path from "node:path";
import { type Env, python } from "../../sandbox/walkthrough/clients";
import type { Resource } from "./state";

/** What must be the same after every change, because it is somebody's. */
export interface Belongings {
  /** Version of the canary object, by bucket. */
  readonly canaries: Readonly<Record<string, string>>;
  /** Id of the message that waits, by dead-letter queue. */
  readonly messages: Readonly<Record<string, string>>;
  /** Confirmed subscriptions, by topic. */
  readonly subscriptions: Readonly<Record<string, readonly string[]>>;
  /** Whether the file system of the home directories is there, by its id. */
  readonly homes: Readonly<Record<string, boolean>>;
}

/** Where somebody's things are. */
export interface Places {
  readonly buckets: readonly string[];
  readonly queues: readonly string[];
  readonly topics: readonly string[];
  readonly homes: readonly string[];
}

/** What of a state holds somebody's things. */
export function placesIn(resources: readonly Resource[]): Places {
  const all = (type: string, attribute: string): string[] =>
    resources.filter((one) => one.type === type).map(({ values }) => String(values[attribute]));
  return {
    buckets: all("aws_s3_bucket", "bucket"),
    queues: all("aws_sqs_queue", "url").filter((url) => /dead-letter/.test(url)),
    topics: all("aws_sns_topic", "arn"),
    homes: all("aws_sagemaker_domain", "home_efs_file_system_id"),
  };
}

const run = (env: Env, verb: "move-in" | "look", places: Places): Promise<Belongings> =>
  python(env, path.join(__dirname, "belongings.py"), verb, JSON.stringify(places));

/** Puts something of somebody's into everything that holds state, and says what it is. */
export const moveIn = (env: Env, places: Places): Promise<Belongings> => run(env, "move-in", places);

/** What is where it was put. */
export const look = (env: Env, places: Places): Promise<Belongings> => run(env, "look", places);

/** Holds that everything is there that was; more may have come. */
export function expectAllThere(now: Belongings, before: Belongings): void {
  const { subscriptions, ...others } = before;
  expect(now).toMatchObject(others);
  for (const [topic, arns] of Object.entries(subscriptions))
    expect(now.subscriptions[topic]).toEqual(expect.arrayContaining([...arns]));
}
