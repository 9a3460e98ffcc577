import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { choose, type Count, given } from "../hosting";
import { existing, number, object, optional, type Resolved, rule } from "../inputs";
import type { Tags } from "./names";

/** As in PutRetentionPolicy of the CloudWatch Logs API. */
const RETENTION = rule.oneOf(
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
);

/** A log group. The policy of its `kmsKey` must let CloudWatch Logs of the Region use the key. */
export const logs = object({
  /**
   * Days that log events are kept: a number that CloudWatch Logs accepts, e.g. 30, 90, 365 or 731.
   * @default 365
   */
  retentionDays: optional(number(RETENTION), 365),
  /**
   * Customer-managed key that encrypts the log group.
   * @default - encrypted by CloudWatch Logs itself
   */
  kmsKey: optional(existing.key),
});
export type Logs = Resolved<typeof logs>;

/** The log group of something that writes to CloudWatch Logs. */
export function logGroup(
  scope: Construct,
  id: string,
  {
    name,
    logs,
    tags,
    count,
  }: { readonly name: string; readonly logs: Logs; readonly tags: Tags; readonly count?: Count },
): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, id, {
    name,
    retentionInDays: logs.retentionDays,
    kmsKeyId: choose(given(logs.kmsKey), ({ arn }) => arn),
    tags,
    count,
  });
}
