import { isRecord } from "../datazone/validation";
import { awsError } from "../errors";
import type { Call, Reply } from "../service";
import { addressOf } from "./access";
import { withBody } from "./body";

/**
 * Bucket policies as they were put. moto would enforce them itself, but without looking at principals or conditions: a
 * TLS-only policy then refuses everybody. So it is given only what it needs to see: what is allowed, unconditionally.
 */
export class BucketPolicies {
  private readonly policies = new Map<string, string>();

  constructor(private readonly moto: (call: Call) => Promise<Reply>) {}

  /** The policy document of a bucket, as it was put. */
  get(bucket: string): string | undefined {
    return this.policies.get(bucket);
  }

  async handle(call: Call): Promise<Reply | undefined> {
    const { bucket } = addressOf(call.path);
    switch (call.operation) {
      case "PutBucketPolicy": {
        const body = permissive(call.body.toString());
        if (body === undefined) return awsError(call, 400, "MalformedPolicy", MALFORMED);
        const reply = await this.moto(withBody(call, body));
        if (reply.status < 300) this.policies.set(bucket, call.body.toString());
        return reply;
      }
      case "GetBucketPolicy": {
        const reply = await this.moto(call);
        const policy = this.policies.get(bucket);
        return reply.status === 200 && policy !== undefined
          ? { status: 200, headers: { "content-type": "application/json" }, body: policy }
          : reply;
      }
      case "DeleteBucketPolicy":
      case "DeleteBucket": {
        const reply = await this.moto(call);
        if (reply.status < 300) this.policies.delete(bucket);
        return reply;
      }
      default:
        return undefined;
    }
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
