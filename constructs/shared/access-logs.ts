import type { Construct } from "constructs";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { ensure, given, Heading, make } from "../hosting";
import { object, type PropsOf } from "../inputs";
import { bucketName } from "./bucket-name";

/** Where S3 writes who asked for which object. */
export const accessLogs = object({
  /**
   * Name of another bucket of this account and Region, which takes the logs below `<name of the bucket that is logged>/`. Its
   * policy must let `logging.s3.amazonaws.com` put objects there.
   */
  bucket: bucketName,
});
export type AccessLogs = PropsOf<typeof accessLogs>;

interface Logged {
  readonly bucketName: string;
  readonly accessLogs: AccessLogs | undefined;
}

/** S3 server access logs of a bucket, where they are asked for. */
export function logAccess(scope: Construct, { id: bucket, bucket: name }: S3Bucket, props: Logged): void {
  const { bucketName, accessLogs } = props;
  new Heading(scope, "Who asked for which object");
  make(given(accessLogs), ({ bucket: targetBucket }, count) => {
    const targetPrefix = `${bucketName}/`;
    const logging = new S3BucketLoggingA(scope, "logging", { bucket, targetBucket, targetPrefix, count });
    ensure(logging, targetBucket, {
      says: "accessLogs.bucket: must be another bucket: writing a log would be logged too, without end.",
      holds: (target) => target !== bucketName,
      condition: (target) => `${target} != ${name}`,
    });
    return logging;
  });
}
