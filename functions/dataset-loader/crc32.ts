/** The bits of CRC-32's polynomial (IEEE 802.3), lowest power first, as S3 and zlib use it. */
const POLYNOMIAL = 0xedb88320;
/** The polynomials 1 and x^8 in that order of bits. */
const ONE = 0x80000000;
const X_8 = 0x00800000;

/**
 * The CRC-32 of `a` followed by `b`, from the CRC-32 of each, so that data summed in parts need not be read again.
 * Appending `n` bytes to `a` multiplies its CRC-32 by x^(8n); then that of `b` is added.
 *
 * @param length of `b`, in bytes
 */
export function joined(a: number, b: number, length: number): number {
  let factor = ONE;
  let power = X_8;
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) factor = product(factor, power);
    power = product(power, power);
  }
  return (product(factor, a) ^ b) >>> 0;
}

/** Two polynomials over GF(2), multiplied modulo CRC-32's. */
function product(a: number, b: number): number {
  let sum = 0;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if (a & bit) sum ^= b;
    b = b & 1 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
  }
  return sum;
}

/** As S3 writes it: base64, big-endian. */
export function asS3(crc: number): string {
  const bigEndian = Buffer.alloc(4);
  bigEndian.writeUInt32BE(crc);
  return bigEndian.toString("base64");
}
