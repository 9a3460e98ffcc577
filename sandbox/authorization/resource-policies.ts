import type { AwsClient } from "../gateway/aws-client";
import type { Access } from "./access";
import type { Policy } from "./simulate";

interface Attributes {
  readonly Policy?: string;
  readonly KmsMasterKeyId?: string;
}

/** The policies of resources, as moto keeps them, and the keys behind encrypted topics and queues. */
export class ResourcePolicies {
  private readonly kept = new Map<string, Policy>();

  constructor(private readonly aws: AwsClient) {}

  /** Keeps a policy that moto does not keep as it was put; `undefined` removes it. */
  keep(arn: string, policy: string | undefined): void {
    if (policy === undefined) this.kept.delete(arn);
    else this.kept.set(arn, JSON.parse(policy) as Policy);
  }

  /**
   * The policy of the resource that an action is on; undefined where it has none, or where policies of this kind are
   * not evaluated.
   */
  async find(action: string, arn: string, trust: (roleArn: string) => Promise<Policy>): Promise<Policy | undefined> {
    if (action === "sts:AssumeRole") return await trust(arn).catch(() => undefined);
    switch (action.split(":")[0]) {
      case "sqs":
      case "sns": {
        const { Policy } = await this.attributes(arn);
        return Policy ? (JSON.parse(Policy) as Policy) : undefined;
      }
      case "s3":
        return this.kept.get(arn.split("/")[0] ?? arn);
      case "kms":
        return await this.keyPolicy(arn);
      case "lambda":
        return await this.functionPolicy(arn);
      default:
        return undefined;
    }
  }

  /** What else a caller needs to publish to, send to or receive from an encrypted topic or queue. */
  async keyAccess(action: string, arn: string): Promise<readonly Access[]> {
    const needed = { "sns:Publish": WRITE, "sqs:SendMessage": WRITE, "sqs:ReceiveMessage": READ }[action];
    const key = needed && (await this.attributes(arn)).KmsMasterKeyId;
    if (!key) return [];
    // The policy of a key that AWS manages cannot be changed: the account's own roles get in, no other service does.
    const resource = isManagedByAws(key) ? key : await this.keyArn(key);
    const [, , service, region] = arn.split(":");
    const context = { "kms:ViaService": `${service}.${region}.amazonaws.com` };
    return needed.map((use) => ({ action: use, resource, context }));
  }

  private async attributes(arn: string): Promise<Attributes> {
    if (arn.includes(":sns:")) {
      interface Found {
        Attributes: { entry: { key: string; value: string } | { key: string; value: string }[] };
      }
      const found = await this.aws
        .query<Found>("sns", "2010-03-31", "GetTopicAttributes", { TopicArn: arn })
        .catch(() => undefined);
      return Object.fromEntries([found?.Attributes.entry ?? []].flat().map(({ key, value }) => [key, value]));
    }
    const found = await this.aws
      .json<{ Attributes?: Attributes }>("sqs", "AmazonSQS.GetQueueAttributes", {
        QueueUrl: queueUrl(arn),
        AttributeNames: ["Policy", "KmsMasterKeyId"],
      })
      .catch(() => undefined);
    return found?.Attributes ?? {};
  }

  private async keyArn(KeyId: string): Promise<string> {
    const found = await this.aws.json<{ KeyMetadata: { Arn: string } }>("kms", "TrentService.DescribeKey", { KeyId });
    return found.KeyMetadata.Arn;
  }

  private async keyPolicy(KeyId: string): Promise<Policy | undefined> {
    if (isManagedByAws(KeyId)) return undefined;
    const found = await this.aws
      .json<{ Policy: string }>("kms", "TrentService.GetKeyPolicy", { KeyId, PolicyName: "default" })
      .catch(() => undefined);
    return found && (JSON.parse(found.Policy) as Policy);
  }

  private async functionPolicy(arn: string): Promise<Policy | undefined> {
    const [, , , , , , name, qualifier] = arn.split(":");
    const query = qualifier === undefined ? "" : `?Qualifier=${qualifier}`;
    const found = await this.aws
      .rest<{ Policy: string }>("lambda", "GET", `/2015-03-31/functions/${name}/policy${query}`)
      .catch(() => undefined);
    return found && (JSON.parse(found.Policy) as Policy);
  }
}

export function isManagedByAws(key: string): boolean {
  return key.includes("alias/aws/");
}

const WRITE = ["kms:GenerateDataKey", "kms:Decrypt"];
const READ = ["kms:Decrypt"];

/** moto goes by the last part of a queue's URL. */
export function queueUrl(queueArn: string): string {
  return `http://queue/${queueArn.split(":")[4]}/${queueArn.split(":").at(-1)}`;
}
