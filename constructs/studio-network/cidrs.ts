import { isKnown, type Rule } from "../inputs";

/** An IPv4 CIDR as a range of addresses; undefined where it is none, or has bits set behind its mask. */
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
const SAYS = "an IPv4 CIDR from /16 to /28 without bits behind its mask, e.g. 10.0.0.0/16";

export const usableCidr: Rule<string> = {
  says: `must be ${SAYS}`,
  holds: usable,
  condition: usableCondition,
};

type Subnets = Readonly<Record<string, string>>;

/** Subnets that are not inside the VPC or share addresses, as sentences. */
export function misplaced(vpcCidr: string, maps: Readonly<Record<string, Subnets>>): string[] {
  const vpc = isKnown(vpcCidr) ? range(vpcCidr) : undefined;
  const subnets = Object.entries(maps)
    .filter(([, zones]) => isKnown(zones))
    .flatMap(([map, zones]) => Object.entries(zones).map(([zone, cidr]) => ({ name: `${map}.${zone}`, cidr })))
    .filter(({ cidr }) => isKnown(cidr))
    .flatMap((subnet) => {
      const addresses = range(subnet.cidr);
      return addresses ? [{ ...subnet, ...addresses }] : [];
    })
    .sort((a, b) => a.first - b.first || b.last - a.last);
  const outside = subnets
    .filter(({ first, last }) => vpc && (first < vpc.first || last > vpc.last))
    .map(({ name, cidr }) => `${name}: must be inside the VPC's ${vpcCidr} (given: ${cidr})`);
  // Two CIDRs are nested or apart: in the order of their first addresses, one that overlaps any is inside the widest before it.
  const overlapping: string[] = [];
  let widest = subnets[0];
  for (const subnet of subnets.slice(1)) {
    if (subnet.first > widest!.last) widest = subnet;
    else overlapping.push(`${subnet.name}: must not overlap ${widest!.name} (${subnet.cidr} and ${widest!.cidr})`);
  }
  return [...outside, ...overlapping];
}

/** NAT gateways in zones without a public subnet, as sentences. */
export function zonesWithoutSubnet(natGateways: Readonly<Record<string, unknown>>, publicSubnets: Subnets): string[] {
  if (!isKnown(natGateways) || !isKnown(publicSubnets)) return [];
  return Object.keys(natGateways)
    .filter((zone) => !(zone in publicSubnets))
    .map((zone) => `natGateways.${zone}: must stand in the zone of a public subnet; give publicSubnets.${zone} a CIDR`);
}
