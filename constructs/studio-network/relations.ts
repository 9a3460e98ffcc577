import { isKnown, type Relation, rule } from "../inputs";
import { range } from "./cidrs";

type Subnets = Readonly<Record<string, string>>;
interface Network {
  readonly vpcCidr: string;
  readonly privateSubnets: Subnets;
  readonly publicSubnets: Subnets;
  readonly natGateways: Readonly<Record<string, unknown>>;
}

interface Placed {
  readonly name: string;
  readonly cidr: string;
  readonly first: number;
  readonly last: number;
}

/** The subnets whose addresses are known, in the order of their addresses. */
const placed = ({ privateSubnets, publicSubnets }: Pick<Network, "privateSubnets" | "publicSubnets">): Placed[] =>
  Object.entries({ privateSubnets, publicSubnets })
    .filter(([, zones]) => isKnown(zones))
    .flatMap(([map, zones]) => Object.entries(zones).map(([zone, cidr]) => ({ name: `${map}.${zone}`, cidr })))
    .flatMap((subnet) => {
      const addresses = isKnown(subnet.cidr) ? range(subnet.cidr) : undefined;
      return addresses ? [{ ...subnet, ...addresses }] : [];
    })
    .sort((a, b) => a.first - b.first || b.last - a.last);

/** In HCL: a CIDR's prefix length, and the first address of the larger network with another prefix length that holds the CIDR. */
const bits = (cidr: string): string => `split("/", ${cidr})[1]`;
const network = (cidr: string, mask: string): string => `cidrhost("\${split("/", ${cidr})[0]}/\${${mask}}", 0)`;
const all = (props: string): string => `concat(values(${props}.private_subnets), values(${props}.public_subnets))`;

const insideVpc: Relation<Network> = rule.relation({
  about: "vpcCidr",
  says: "must contain every subnet: take a larger CIDR, or move the subnet",
  problems: ({ vpcCidr, ...maps }) => {
    const vpc = isKnown(vpcCidr) ? range(vpcCidr) : undefined;
    return placed(maps)
      .filter(({ first, last }) => vpc && (first < vpc.first || last > vpc.last))
      .map(({ name, cidr }) => `${name}: must be inside the VPC's CIDR, ${vpcCidr} (given: ${cidr})`);
  },
  wrong: (props) => {
    const vpc = `${props}.vpc_cidr`;
    const inside = `${bits("cidr")} >= ${bits(vpc)} && ${network("cidr", bits(vpc))} == cidrhost(${vpc}, 0)`;
    return `[for cidr in ${all(props)} : cidr if !try(${inside}, true)]`;
  },
  broken: { vpcCidr: "10.0.0.0/16", privateSubnets: { "us-east-1a": "10.1.0.0/24" } },
});

const apart: Relation<Network> = rule.relation({
  about: "privateSubnets",
  says: "must not overlap one another or publicSubnets: give each subnet addresses of its own",
  problems: (props) => {
    const [widest, ...others] = placed(props);
    // Two CIDRs are nested or apart: in the order of their first addresses, one that overlaps any is inside the widest before it.
    let before = widest;
    return others.flatMap((subnet) => {
      if (subnet.first <= before!.last)
        return [
          `${subnet.name}: must not overlap ${before!.name} (${subnet.cidr} and ${before!.cidr}); give each addresses of its own`,
        ];
      before = subnet;
      return [];
    });
  },
  wrong: (props) => {
    const wider = `min(${bits("cidr")}, ${bits("other")})`;
    const overlap = `${network("cidr", wider)} == ${network("other", wider)}`;
    return `[for i, cidr in ${all(props)} : cidr if anytrue([for other in slice(${all(props)}, 0, i) : try(${overlap}, false)])]`;
  },
  broken: { privateSubnets: { "us-east-1a": "10.0.0.0/20", "us-east-1b": "10.0.1.0/24" } },
});

const inPublicSubnets: Relation<Network> = rule.relation({
  about: "natGateways",
  says: "each must have the zone of a public subnet as its key: give publicSubnets a CIDR for that zone",
  problems: ({ natGateways, publicSubnets }) =>
    !isKnown(natGateways) || !isKnown(publicSubnets)
      ? []
      : Object.keys(natGateways)
          .filter((zone) => !(zone in publicSubnets))
          .map(
            (zone) => `natGateways.${zone}: must be in the zone of a public subnet; give publicSubnets.${zone} a CIDR`,
          ),
  wrong: (props) => `setsubtract(keys(${props}.nat_gateways), keys(${props}.public_subnets))`,
  broken: { natGateways: { "us-east-1a": {} } },
});

export const networkRelations = [insideVpc, apart, inPublicSubnets] as const;
