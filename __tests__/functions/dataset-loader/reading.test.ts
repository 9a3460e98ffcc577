import { Readable } from "node:stream";
import { Reading } from "../../../functions/dataset-loader/reading";

const reading = () =>
  new Reading({ body: Readable.from([Buffer.from("abcdefghij")]) }, 4, new AbortController().signal);

test("a part's memory is used again once it is released, and not before", async () => {
  const released: ArrayBufferLike[] = [];
  for await (const part of reading()) {
    released.push(part.data.buffer);
    part.release();
  }
  expect(new Set(released).size).toBe(1);

  const held: string[] = [];
  const parts = [];
  for await (const part of reading()) parts.push(part);
  for (const part of parts) held.push(part.data.toString());
  expect(held).toEqual(["abcd", "efgh", "ij"]);
});

test("the fingerprint is known after the last part, and not before", async () => {
  const whole = reading();
  for await (const part of whole) if (part.number < 3) expect(() => whole.fingerprint).toThrow("not read to its end");
  expect(whole.fingerprint).toEqual({
    // printf abcdefghij | sha256sum; printf abcdefghij | gzip -c | tail -c 8 | head -c 4, reversed
    sha256: "72399361da6a7754fec986dca5b7cbaf1c810a28ded4abaf56b2106d06cb78b0",
    crc32: Buffer.from("3981703a", "hex").toString("base64"),
    bytes: 10,
  });
});
