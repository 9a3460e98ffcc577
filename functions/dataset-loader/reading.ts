import { createHash } from "node:crypto";
import { addAbortSignal } from "node:stream";
import { crc32 } from "node:zlib";
import { asS3, joined } from "./crc32";
import type { Opened } from "./https";

/** A part of a source. Its data stays unchanged until `release`. */
export interface Part {
  /** From 1. */
  readonly number: number;
  readonly data: Buffer;
  /** CRC-32 of the data, as S3 compares it: base64, big-endian. */
  readonly crc32: string;
  /** Gives the memory back for a later part. */
  release(): void;
}

/** Size and digests of a source that was read to its end. */
export interface Fingerprint {
  readonly sha256: string;
  /** CRC-32 over all bytes, as a part's. */
  readonly crc32: string;
  readonly bytes: number;
}

/**
 * One reading of a source, cut into parts of one size (the last may be shorter). It needs the memory of the parts that are not
 * yet released, whatever the size of the source.
 */
export class Reading implements AsyncIterable<Part> {
  private readonly free: Buffer[] = [];
  private complete?: Fingerprint;

  constructor(
    private readonly opened: Opened,
    private readonly partSize: number,
    private readonly signal: AbortSignal,
  ) {}

  /** The fingerprint of what was read; available once the last part was taken. */
  get fingerprint(): Fingerprint {
    if (this.complete === undefined) throw new Error("The source was not read to its end.");
    return this.complete;
  }

  /** @throws Error where the source is empty, or ends before the length that it announced */
  async *[Symbol.asyncIterator](): AsyncGenerator<Part> {
    const hash = createHash("sha256");
    let crc = 0;
    let bytes = 0;
    let number = 0;
    let buffer = this.take();
    let filled = 0;
    let ofPart = 0;
    const part = (): Part => {
      const full = buffer;
      crc = joined(crc, ofPart, filled);
      return {
        number: ++number,
        data: full.subarray(0, filled),
        crc32: asS3(ofPart),
        release: () => void this.free.push(full),
      };
    };

    for await (const chunk of addAbortSignal(this.signal, this.opened.body) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      for (let offset = 0; offset < chunk.byteLength;) {
        if (filled === this.partSize) {
          yield part();
          buffer = this.take();
          filled = 0;
          ofPart = 0;
        }
        const slice = chunk.subarray(offset, offset + this.partSize - filled);
        buffer.set(slice, filled);
        ofPart = crc32(slice, ofPart);
        filled += slice.byteLength;
        offset += slice.byteLength;
      }
    }
    if (bytes === 0) throw new Error("the source is empty");
    const announced = this.opened.bytes ?? bytes;
    if (bytes !== announced) throw new Error(`the source ended after ${bytes} of ${announced} bytes`);
    yield part();
    this.complete = { sha256: hash.digest("hex"), crc32: asS3(crc), bytes };
  }

  private take(): Buffer {
    return this.free.pop() ?? Buffer.allocUnsafeSlow(this.partSize);
  }
}
