import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Readable } from "node:stream";
import type { openHttps, Opened } from "./https";
import type { LoadRequest } from "./request";

/** Identifies the bytes of a source without reading them. Objects made from the source carry it as metadata. */
export interface Identity {
  readonly name: "sha256" | "source-etag";
  readonly value: string;
}

/** What is loaded. */
export interface Source {
  identify(signal: AbortSignal): Promise<Identity>;
  /** Opens it at its first byte. */
  open(signal: AbortSignal): Promise<Opened>;
}

export interface SourceClients {
  /** For the source bucket, in any Region. */
  readonly source: S3Client;
  readonly openHttps: typeof openHttps;
}

/**
 * The source of a request. Without a digest nobody has said which bytes are meant, so the source must be in a bucket
 * that this account owns, and S3's ETag tells whether the bytes have changed.
 *
 * @param account the function's own
 */
export function sourceOf({ source, sha256 }: LoadRequest, clients: SourceClients, account: string): Source {
  const digest: Identity | undefined = sha256 === undefined ? undefined : { name: "sha256", value: sha256 };
  if ("url" in source) {
    return { identify: async () => digest!, open: (signal) => clients.openHttps(source.url, signal) };
  }
  const { bucket, key } = source.s3;
  const object = { Bucket: bucket, Key: key, ...(!digest && { ExpectedBucketOwner: account }) };
  let etag: string | undefined;
  const orRefused = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (digest || status !== 403) throw error;
      throw new Error(
        `S3 refuses it: without a sha256 it must be in a bucket that account ${account} owns, and the role needs s3:GetObject on it`,
        { cause: error },
      );
    }
  };
  return {
    async identify(signal) {
      if (digest) return digest;
      const head = await orRefused(clients.source.send(new HeadObjectCommand(object), { abortSignal: signal }));
      etag = head.ETag!;
      return { name: "source-etag", value: etag.replaceAll('"', "") };
    },
    async open(signal) {
      const get = new GetObjectCommand({ ...object, ...(etag && { IfMatch: etag }) });
      const { Body, ContentLength } = await orRefused(clients.source.send(get, { abortSignal: signal }));
      return { body: Body as Readable, ...(ContentLength !== undefined && { bytes: ContentLength }) };
    },
  };
}
