import { AwsClient } from "../gateway/aws-client";
import { ADMIN } from "../gateway/callers";
import { xml } from "../errors";
import type { Call, Reply, Surroundings } from "../service";
import { addressOf } from "./access";

const HEADER = "x-amz-bucket-region";

/**
 * Where buckets are. HeadBucket and every 403 and 301 say it
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html), which is how clients, AWS's own plugin for S3 Access
 * Grants among them, find a bucket's Region without any permission on it.
 */
export class BucketRegions {
  private readonly known = new Map<string, string>();

  constructor(private readonly surroundings: Pick<Surroundings, "moto" | "region">) {}

  /** The answer to a call that is signed for another Region than the bucket's. */
  async redirect(call: Call): Promise<Reply | undefined> {
    const { bucket } = addressOf(call.path);
    if (call.operation === "CreateBucket" || bucket === "") return undefined;
    const region = await this.find(bucket);
    if (call.operation === "DeleteBucket") this.known.delete(bucket);
    if (region === undefined || region === call.region) return undefined;
    const message =
      "The bucket you are attempting to access must be addressed using the specified endpoint. " +
      "Please send all future requests to this endpoint.";
    const body =
      `<Error><Code>PermanentRedirect</Code><Message>${message}</Message>` +
      `<Endpoint>${xml(bucket)}.s3.${region}.amazonaws.com</Endpoint><Bucket>${xml(bucket)}</Bucket></Error>`;
    const headers = { "content-type": "application/xml", [HEADER]: region };
    return { status: 301, headers, body: call.method === "HEAD" ? "" : body };
  }

  /** The reply with the bucket's Region, where S3 says it. */
  async tell(call: Call, reply: Reply): Promise<Reply> {
    // A call that is not signed does not say which service it is for.
    const isS3 = (call.service === "s3" && !call.path.startsWith("/v20180820/")) || call.service === "";
    const isTold = call.operation === "HeadBucket" || reply.status === 403 || reply.status === 301;
    if (!isS3 || !isTold || reply.headers?.[HEADER] !== undefined) return reply;
    const region = await this.find(addressOf(call.path).bucket);
    return region === undefined ? reply : { ...reply, headers: { ...reply.headers, [HEADER]: region } };
  }

  private async find(bucket: string): Promise<string | undefined> {
    if (bucket === "") return undefined;
    const known = this.known.get(bucket);
    if (known !== undefined) return known;
    const aws = new AwsClient(this.surroundings.moto, ADMIN, this.surroundings.region);
    const region = (await aws.head(bucket))?.[HEADER];
    if (region !== undefined) this.known.set(bucket, region);
    return region;
  }
}
