import fc from "fast-check";
import { crc32 } from "node:zlib";
import { joined } from "../../../functions/dataset-loader/crc32";

it("the CRC-32 of two pieces one after the other is what zlib sums over both", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
      expect(joined(crc32(a), crc32(b), b.length)).toBe(crc32(Buffer.concat([a, b])));
    }),
  );
});

it.each([1, 255, 256, 65_535, 5 << 20, (16 << 20) + 1])("also where the second has %i bytes", (length) => {
  const b = Buffer.alloc(length, "dataset");
  expect(joined(crc32("before"), crc32(b), length)).toBe(crc32(b, crc32("before")));
});
