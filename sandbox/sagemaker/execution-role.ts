import type { Access } from "../authorization/access";
import { AwsClient } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import type { Caller, Surroundings } from "../service";

/** Why something failed because its role may not do what SageMaker does in the role's name. */
export type Failure = Readonly<{ FailureReason: string }>;

/** What SageMaker does in the name of an execution role, for a job or an application. */
export class ExecutionRole {
  private readonly aws: AwsClient;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly arn: string,
  ) {
    this.aws = new AwsClient(surroundings.moto, ADMIN, surroundings.region);
  }

  /** The first of these that the role may not do. */
  async failure(...accesses: readonly Access[]): Promise<Failure | undefined> {
    for (const access of accesses) {
      if (await this.may(access)) continue;
      const { action, resource } = access;
      return { FailureReason: `ClientError: ${this.arn} is not authorized to perform: ${action} on ${resource}` };
    }
    return undefined;
  }

  /** A role that is not there may do nothing. */
  async may(access: Access): Promise<boolean> {
    const { account, refusal } = this.surroundings;
    const arn = this.arn.replace(
      /^(arn:[^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/,
      "$1:sts::$2:assumed-role/$3/SageMaker",
    );
    const caller: Caller = { accessKeyId: "", account, arn, roleArn: this.arn };
    return (await refusal(caller, access).catch(() => "")) === undefined;
  }

  /** Writes a line of a log; a role that may not write loses it. */
  async log(group: string, stream: string, message: string): Promise<void> {
    const { account, region, now } = this.surroundings;
    const at = `arn:aws:logs:${region}:${account}:log-group:${group}`;
    const to = { logGroupName: group, logStreamName: stream };
    const logEvents = [{ timestamp: now().getTime(), message }];
    for (const [action, resource, input] of [
      ["CreateLogGroup", at, { logGroupName: group }],
      ["CreateLogStream", `${at}:log-stream:${stream}`, to],
      ["PutLogEvents", `${at}:log-stream:${stream}`, { ...to, logEvents }],
    ] as const) {
      if (!(await this.may({ action: `logs:${action}`, resource }))) return;
      // The group may be there already.
      await this.aws.json("logs", `Logs_20140328.${action}`, input).catch(() => undefined);
    }
  }
}
