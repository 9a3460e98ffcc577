import { HeadObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { type Check, asExpected, differs } from "../check";
import { vendedOf } from "../vended";

/** Hadoop's S3 client asks for every ancestor of what it writes: at the edge it must meet a refusal, not an absence (examples/studio). */
export const accessGrantsEdge: Check = {
  id: "access-grants-edge",
  asks: "what credentials of S3 Access Grants meet within a prefix, and at its edge",
  run: async ({ aws, acted }) => {
    const found = vendedOf(acted);
    if ("outcome" in found) return found;
    const { bucket: Bucket, prefix, credentials } = found.vended;
    const s3 = aws.s3(credentials);
    const edge = await statusOf(s3, Bucket, prefix);
    const within = await statusOf(s3, Bucket, `${prefix}/nothing`);
    const listed = await s3
      .send(new ListObjectsV2Command({ Bucket, Prefix: `${prefix}/` }))
      .then(({ $metadata }) => $metadata.httpStatusCode, statusOfError);
    const seen = `the key of the prefix itself ${edge}, a key within that is not there ${within}, a list ${listed}`;
    return (edge === 403 && within === 404 && listed === 200 ? asExpected : differs)(seen);
  },
};

const statusOf = async (s3: S3Client, Bucket: string, Key: string): Promise<number | undefined> =>
  await s3
    .send(new HeadObjectCommand({ Bucket, Key }))
    .then(({ $metadata }) => $metadata.httpStatusCode, statusOfError);

export const statusOfError = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
