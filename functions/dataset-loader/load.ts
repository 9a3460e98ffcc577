import type { S3Client } from "@aws-sdk/client-s3";
import { setMaxListeners } from "node:events";
import { copyWhole, MultipartUpload, type Original } from "./multipart";
import { isMadeOf, stored, type Stored, type Target } from "./objects";
import { Reading } from "./reading";
import type { LoadRequest } from "./request";
import type { Identity, Source } from "./source";

export interface LoadResult {
  /** Digest of the source; undefined where none was given and nothing had to be read. */
  readonly sha256?: string;
  readonly bytes: number;
  readonly objects: readonly LoadedObject[];
}

export interface LoadedObject {
  readonly key: string;
  readonly etag: string;
  readonly outcome: "written" | "skipped";
}

export interface LoadOptions {
  readonly s3: S3Client;
  readonly source: Source;
  /** Ends the load. Its reason is thrown once all uploads are aborted. */
  readonly signal: AbortSignal;
  /** Bytes, at least 5 MiB (S3's minimum); default 16 MiB, which allows a source of 156 GiB. */
  readonly partSize?: number;
  /**
   * Bytes that S3 copies in one call, at most 5 GiB; default 512 MiB. Larger objects are copied in parts of this size,
   * several at a time.
   */
  readonly copySize?: number;
}

interface LoadContext extends Required<LoadOptions> {
  readonly identity: Identity;
  /** Keys whose uploads could not be aborted. */
  readonly leftOpen: string[];
}

const PART_SIZE = 16 << 20;
const COPY_SIZE = 512 << 20;
/** S3's limit for one upload. */
const MAXIMUM_PARTS = 10_000;
/** Parts that are uploaded at a time: these and the one being read are the memory that the loader needs. */
const PARTS_IN_FLIGHT = 4;

/**
 * Loads one source into every key of the request. An object that was already made from this source stays as it is. Of
 * the others, the first is written from a single reading: whole or not at all, and only once the whole source has the
 * digest that it should have. S3 copies that object to the rest. An object that was there before is never the one that
 * is copied: whoever may write there may have put it there.
 *
 * @throws Error the reason, once no upload is open any more
 */
export async function load(request: LoadRequest, options: LoadOptions): Promise<LoadResult> {
  const { s3, source, signal } = options;
  const leftOpen: string[] = [];
  // Every call to S3 listens to the signal: no warning about many listeners.
  setMaxListeners(0, signal);
  try {
    const identity = await source.identify(signal);
    const context: LoadContext = { partSize: PART_SIZE, copySize: COPY_SIZE, ...options, identity, leftOpen };
    const targets = request.keys.map((key): Target => ({ ...request, key }));
    const present = await settle(targets.map((target) => stored(s3, target, signal)));
    const [first, ...others] = targets.filter((_, index) => !isMadeOf(identity, present[index]));
    const original = first && (await write(context, first, request.sha256));
    const written = new Map<Target, Stored>();
    if (original) {
      written.set(first, original);
      const copies = await settle(others.map((target) => copy(context, original, target)));
      others.forEach((target, index) => written.set(target, copies[index]!));
    }
    const now = targets.map((target, index) => written.get(target) ?? present[index]!);
    const sha256 = request.sha256 ?? original?.sha256;
    return {
      ...(sha256 && { sha256 }),
      bytes: now[0]!.bytes,
      objects: targets.map((target, index) => ({
        key: target.key,
        etag: now[index]!.etag,
        outcome: written.has(target) ? "written" : "skipped",
      })),
    };
  } catch (error) {
    const reason: Error = signal.aborted ? signal.reason : error;
    if (leftOpen.length === 0) throw reason;
    throw new Error(`${reason.message}; multipart uploads left open for ${leftOpen.join(", ")}`, { cause: reason });
  }
}

/** Reads the source, and writes it to one target. */
async function write(context: LoadContext, target: Target, sha256: string | undefined): Promise<Original> {
  const { s3, source, partSize, signal } = context;
  const opened = await source.open(signal);
  const limit = partSize * MAXIMUM_PARTS;
  if ((opened.bytes ?? 0) > limit) {
    opened.body.destroy();
    throw new Error(`the source is too large: ${opened.bytes} bytes, at most ${limit} can be loaded`);
  }
  const reading = new Reading(opened, partSize, signal);
  const sending = new Set<Promise<unknown>>();
  let upload: MultipartUpload | undefined;
  try {
    for await (const part of reading) {
      if (part.number > MAXIMUM_PARTS) throw new Error(`the source is too large: more than ${MAXIMUM_PARTS} parts`);
      // The upload begins with the first part, so that a source that cannot be read begins none.
      upload ??= await MultipartUpload.begin(s3, target, context.identity, signal);
      const job = upload.send(part, signal);
      sending.add(job);
      // A part that fails stays in the set, where Promise.race finds it.
      job.then(
        () => {
          sending.delete(job);
          part.release();
        },
        () => undefined,
      );
      if (sending.size >= PARTS_IN_FLIGHT) await Promise.race(sending);
    }
    await settle([...sending]);
    const { fingerprint } = reading;
    if (sha256 !== undefined && fingerprint.sha256 !== sha256) {
      throw new Error(`the source has the wrong checksum: its sha256 is ${fingerprint.sha256}, not ${sha256}`);
    }
    return { ...(await upload!.complete(fingerprint, signal)), ...fingerprint, target };
  } catch (error) {
    await Promise.allSettled(sending);
    await upload?.abort().catch(() => context.leftOpen.push(target.key));
    throw error;
  }
}

/** Has S3 copy the object that was written to another target. */
async function copy(context: LoadContext, original: Original, target: Target): Promise<Stored> {
  const { s3, identity, copySize, signal } = context;
  const { bytes } = original;
  if (bytes <= copySize) return copyWhole(s3, original, target, identity, signal);
  const upload = await MultipartUpload.begin(s3, target, identity, signal);
  try {
    const starts = Array.from({ length: Math.ceil(bytes / copySize) }, (_, index) => index * copySize);
    await settle(
      starts.map((start, index) => {
        return upload.copy(original, index + 1, start, Math.min(start + copySize, bytes) - 1, signal);
      }),
    );
    return await upload.complete(original, signal);
  } catch (error) {
    await upload.abort().catch(() => context.leftOpen.push(target.key));
    throw error;
  }
}

/** Like Promise.all, but it throws only once all promises have ended. */
async function settle<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
