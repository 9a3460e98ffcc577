import type { S3Client } from "@aws-sdk/client-s3";
import { setMaxListeners } from "node:events";
import { Readable } from "node:stream";
import type { Opened } from "./https";
import { MultipartUpload, stored, type Stored, type Target } from "./multipart";
import { Reading } from "./reading";
import type { LoadRequest } from "./request";

export interface LoadResult {
  readonly sha256: string;
  readonly bytes: number;
  readonly objects: readonly LoadedObject[];
}

export interface LoadedObject {
  readonly key: string;
  readonly etag: string;
  readonly outcome: "written" | "skipped";
}

export interface Surroundings {
  readonly s3: S3Client;
  /** Opens the source at its first byte; called once for each reading. */
  readonly open: (signal: AbortSignal) => Promise<Opened>;
  /** Ends the load; its reason is thrown once no upload is open any more. */
  readonly signal: AbortSignal;
  /** Bytes, at least 5 MiB (S3's minimum); default 16 MiB, which allows a source of 156 GiB. */
  readonly partSize?: number;
}

const PART_SIZE = 16 << 20;
/** S3's limit for one upload. */
const MAXIMUM_PARTS = 10_000;
/** Parts under way at a time: together with the one being read they are what the loader needs of memory. */
const PARTS_IN_FLIGHT = 4;

/** Says the reason of the failure, and what could not be tidied up after it. */
class UploadsLeftOpen extends Error {}

type Read = () => Promise<Reading>;

/**
 * Loads one source into every key of the request. An object that has the source's digest already is left as it is; the others
 * are written from a single reading, each whole or not at all, and only after the whole source had the digest it should have.
 * Where the request gives no digest, a source of more than one part is read once more before, to know it.
 *
 * @throws Error the reason, once no upload is open any more
 */
export async function load(request: LoadRequest, surroundings: Surroundings): Promise<LoadResult> {
  const { s3, open, signal, partSize = PART_SIZE } = surroundings;
  const limit = partSize * MAXIMUM_PARTS;
  // Every call under way listens to it.
  setMaxListeners(0, signal);
  const readAgain: Read = async () => {
    const opened = await open(signal);
    if ((opened.bytes ?? 0) <= limit) return new Reading(opened, partSize, signal);
    opened.body.destroy();
    throw new Error(`the source is too large: ${opened.bytes} bytes, at most ${limit} can be loaded`);
  };
  try {
    const { sha256, read } = request.sha256
      ? { sha256: request.sha256, read: readAgain }
      : await identify(readAgain, signal);
    const targets = request.keys.map((key): Target => ({ ...request, key }));
    const present = await settle(targets.map((target) => stored(s3, target, signal)));
    const outdated = targets.filter((_, index) => present[index]?.sha256 !== sha256);
    const written = outdated.length === 0 ? [] : await write(s3, outdated, sha256, await read(), signal);
    const now = targets.map((target, index) => written[outdated.indexOf(target)] ?? present[index]!);
    return {
      sha256,
      bytes: now[0]!.bytes,
      objects: targets.map((target, index) => ({
        key: target.key,
        etag: now[index]!.etag,
        outcome: outdated.includes(target) ? "written" : "skipped",
      })),
    };
  } catch (error) {
    throw signal.aborted && !(error instanceof UploadsLeftOpen) ? signal.reason : error;
  }
}

/** Reads a source for its digest. What fits into one part is kept, and need not be read again. */
async function identify(readAgain: Read, signal: AbortSignal): Promise<{ sha256: string; read: Read }> {
  const reading = await readAgain();
  let last: Buffer | undefined;
  let parts = 0;
  for await (const part of reading) {
    last = part.data;
    parts = part.number;
    part.release();
  }
  const { sha256 } = reading.fingerprint;
  if (parts > 1 || last === undefined) return { sha256, read: readAgain };
  const whole = last;
  return { sha256, read: async () => new Reading({ body: Readable.from([whole]) }, whole.byteLength, signal) };
}

async function write(
  s3: S3Client,
  targets: readonly Target[],
  sha256: string,
  reading: Reading,
  signal: AbortSignal,
): Promise<Stored[]> {
  const uploads: MultipartUpload[] = [];
  const sending = new Set<Promise<unknown>>();
  try {
    for await (const part of reading) {
      if (part.number > MAXIMUM_PARTS) throw new Error(`the source is too large: more than ${MAXIMUM_PARTS} parts`);
      // Begun at the first part, so that a source that cannot be read begins nothing.
      if (part.number === 1) {
        for (const target of targets) uploads.push(await MultipartUpload.begin(s3, target, sha256, signal));
      }
      const job = settle(uploads.map((upload) => upload.send(part, signal)));
      sending.add(job);
      // One that fails stays in the set, for the race to find.
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
    if (fingerprint.sha256 !== sha256) {
      throw new Error(`the source has the wrong checksum: its sha256 is ${fingerprint.sha256}, not ${sha256}`);
    }
    return await settle(uploads.map((upload) => upload.complete(fingerprint, signal)));
  } catch (error) {
    await Promise.allSettled(sending);
    const aborts = await Promise.allSettled(uploads.map((upload) => upload.abort()));
    const open = targets.filter((_, index) => aborts[index]?.status === "rejected").map(({ key }) => key);
    if (open.length === 0) throw error;
    const cause: Error = signal.aborted ? signal.reason : error;
    throw new UploadsLeftOpen(`${cause.message}; multipart uploads left open for ${open.join(", ")}`, { cause });
  }
}

/** Like Promise.all, but when it throws nothing is under way any more. */
async function settle<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
