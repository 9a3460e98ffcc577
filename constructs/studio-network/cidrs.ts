import type { Rule } from "../inputs";

/** An IPv4 CIDR as a range of addresses; undefined where the text is none, or its address is not the first of the range. */
export function range(
  cidr: string,
): { readonly first: number; readonly last: number; readonly bits: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((byte) => byte > 255) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

const usable = (cidr: string): boolean => {
  const bits = range(cidr)?.bits;
  return bits !== undefined && bits >= 16 && bits <= 28;
};
const usableCondition = (value: string): string =>
  `can(regex("/(1[6-9]|2[0-8])$", ${value})) && try(cidrsubnet(${value}, 0, 0) == ${value}, false)`;

/** What Amazon VPC accepts (Amazon VPC User Guide, "VPC CIDR blocks", "Subnet CIDR blocks"). */
const SAYS =
  "an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16";

export const usableCidr: Rule<string> = {
  says: `must be ${SAYS}`,
  holds: usable,
  condition: usableCondition,
};
