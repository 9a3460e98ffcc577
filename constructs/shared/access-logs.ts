import type { Construct } from "constructs";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { ensure, given, Heading, make } from "../hosting";
import { object, type PropsOf } from "../inputs";
import { bucketName } from "./bucket-name";

/** The bucket that S3 server access logs are written to. */
export const accessLogs = object({
  /**
   * Name of another bucket in this account and Region. The logs go below the prefix `<name of the logged bucket>/`. Its policy must let
   * `logging.s3.amazonaws.com` put objects there.
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
      says: "accessLogs.bucket: must be another bucket than the one whose requests are logged: writing a log would be logged too, without end.",
      holds: (target) => target !== bucketName,
      condition: (target) => `${target} != ${name}`,
    });
    return logging;
  });
}
