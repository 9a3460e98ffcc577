import { partition } from "@aws-sdk/core/client";
import { isAccount, type Settings } from "./environment";

const ARN = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):.+$/;

/** An object that may be encrypted in another Region, with a key of there. */
const ELSEWHERE = "studioAccess.dataset.source.kmsKey.arn";

/** ARNs of another partition, Region or account than the environment is deployed to, where that cannot work. */
export function strangeArns(_name: string, settings: Settings): string[] {
  return [...arnsIn(settings, "")].flatMap(([prop, arn]) => strange(prop, arn, settings));
}

/** Every ARN in a value, by the path to it. */
function* arnsIn(value: unknown, prop: string): Generator<readonly [prop: string, arn: string]> {
  if (typeof value === "string" && value.startsWith("arn:")) yield [prop, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* arnsIn(item, prop === "" ? key : `${prop}.${key}`);
}

function strange(prop: string, arn: string, { region, account }: Settings): string[] {
  const [, inPartition, service, inRegion, ofAccount] = ARN.exec(arn) ?? [];
  if (!inPartition) return [];
  const own = partition(region).name;
  const must = (what: string): string[] => [`${prop}: ${what} (given: "${arn}")`];
  if (inPartition !== own) return must(`must be in the partition of ${region}, ${own}`);
  if (inRegion && inRegion !== region && prop !== ELSEWHERE && !isQueueOfSubscription(prop, service)) {
    return must(`must be in ${region}, where the environment is`);
  }
  const ownAccount = service === "iam" || service === "s3" || service === "lambda" || /deadLetterQueue/.test(prop);
  if (ownAccount && isAccount(account) && ofAccount && ofAccount !== String(account) && ofAccount !== "aws") {
    return must(`must be of the account ${account}, where the environment is`);
  }
  return [];
}

/** SNS delivers to queues of any Region. */
const isQueueOfSubscription = (prop: string, service: string | undefined): boolean =>
  service === "sqs" && prop.endsWith(".endpoint");
