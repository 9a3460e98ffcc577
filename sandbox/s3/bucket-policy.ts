import { isRecord } from "../datazone/validation";
import { awsError } from "../errors";
import type { Call, Reply, Surroundings } from "../service";
import { addressOf } from "./access";
import { withBody } from "./body";

/**
 * Bucket policies as they were put. moto would enforce them itself, but without looking at principals or conditions: a
 * TLS-only policy then refuses everybody. So it is given only what it needs to see: what is allowed, unconditionally.
 */
export class BucketPolicies {
  private readonly policies = new Map<string, string>();

  constructor(private readonly surroundings: Pick<Surroundings, "moto" | "keepPolicy">) {}

  async handle(call: Call): Promise<Reply | undefined> {
    const { moto } = this.surroundings;
    const { bucket } = addressOf(call.path);
    switch (call.operation) {
      case "PutBucketPolicy": {
        const body = permissive(call.body.toString());
        if (body === undefined) return awsError(call, 400, "MalformedPolicy", MALFORMED);
        const reply = await moto(withBody(call, body));
        if (reply.status < 300) this.keep(bucket, call.body.toString());
        return reply;
      }
      case "GetBucketPolicy": {
        const reply = await moto(call);
        const policy = this.policies.get(bucket);
        return reply.status === 200 && policy !== undefined
          ? { status: 200, headers: { "content-type": "application/json" }, body: policy }
          : reply;
      }
      case "DeleteBucketPolicy":
      case "DeleteBucket": {
        const reply = await moto(call);
        if (reply.status < 300) this.keep(bucket, undefined);
        return reply;
      }
      default:
        return undefined;
    }
  }

  private keep(bucket: string, policy: string | undefined): void {
    if (policy === undefined) this.policies.delete(bucket);
    else this.policies.set(bucket, policy);
    this.surroundings.keepPolicy(`arn:aws:s3:::${bucket}`, policy);
  }
}

const MALFORMED = "Policies must be valid JSON and the first byte must be '{'";

/** A policy's Allow statements without their conditions; undefined where the text is no policy. */
function permissive(text: string): string | undefined {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(policy)) return undefined;
  const statements = [policy["Statement"]].flat().filter(isRecord);
  const Statement = statements
    .filter(({ Effect }) => Effect === "Allow")
    .map((statement) => ({ ...statement, Condition: undefined }));
  return JSON.stringify({ ...policy, Statement });
}
