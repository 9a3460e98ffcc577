import { NotTranslated } from "./smt";

/** Cedar's numbers: 64 bits, signed. */
export const [LEAST, MOST] = [-(2n ** 63n), 2n ** 63n - 1n];

/** Milliseconds. */
export const DAY = 86_400_000n;
const UNITS = [DAY, 3_600_000n, 60_000n, 1_000n, 1n];

/** The milliseconds of a unit, by the name of the function that converts a duration to it. */
export const CONVERSIONS: ReadonlyMap<string, bigint> = new Map(
  ["toDays", "toHours", "toMinutes", "toSeconds", "toMilliseconds"].map((name, index) => [name, UNITS[index]!]),
);

/** The milliseconds of `duration("1d12h")`. */
export function durationOf(literal: string): bigint {
  const parts = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(literal);
  if (!parts) throw new NotTranslated(`the duration "${literal}"`);
  const [, sign, ...amounts] = parts;
  const sum = UNITS.reduce((total, unit, index) => total + BigInt(amounts[index] ?? 0) * unit, 0n);
  return sign === "-" ? -sum : sum;
}

/** The milliseconds since 1970 of `datetime("2027-03-31T00:00:00+0100")`. */
export function datetimeOf(literal: string): bigint {
  // JavaScript reads the same, but for the colon in the offset.
  const milliseconds = Date.parse(literal.replace(/(T.*[+-]\d{2})(\d{2})$/, "$1:$2"));
  if (Number.isNaN(milliseconds)) throw new NotTranslated(`the datetime "${literal}"`);
  return BigInt(milliseconds);
}
