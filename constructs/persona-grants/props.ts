import { isKnown, mapOf, object, optional, type PropsOf, rule, text } from "../inputs";
import { type Grant, grantee, grants } from "../shared/grant";
import { accountId } from "../shared/names";

/** A grant names a location that is there. */
const knownLocations = rule.relation<{
  readonly grants: Readonly<Record<string, Grant>>;
  readonly locationIds: Readonly<Record<string, string>>;
}>({
  about: "grants",
  says: "each grant's location must be a key of locationIds",
  problems: ({ grants, locationIds }) =>
    !isKnown(grants) || !isKnown(locationIds)
      ? []
      : Object.entries(grants)
          .filter(([, { location }]) => isKnown(location) && !Object.hasOwn(locationIds, location))
          .map(([key, { location }]) => {
            const known = Object.keys(locationIds).sort().join(", ");
            return `grants.${key}.location: must be a key of locationIds (given: "${location}", keys: ${known})`;
          }),
  condition: (props) =>
    `alltrue([for grant in ${props}.grants : contains(keys(${props}.location_ids), grant.location)])`,
  broken: {
    locationIds: {},
    grants: { example: { location: "data", subPrefix: "Product/*", permission: "READ" } },
  },
});

export const personaGrantsInputs = object(
  {
    /**
     * Account of the S3 Access Grants instance. Explicit, because the provider would replace a grant on any change of its
     * tags if it had to look the account up itself.
     */
    accountId,
    /** Who the grants are for. */
    grantee,
    /** Id of each location (`access_grants_location_id`), by the key that grants name it by. */
    locationIds: mapOf(text()),
    /**
     * What the grantee may do, by a key of your choice that does not change later, e.g. `Product`. Grants cannot be changed: a change of one
     * replaces that one and touches no other.
     */
    grants,
    /**
     * Tags of the grants.
     * @default - none
     */
    tags: optional(mapOf(text()), {}),
  },
  knownLocations,
);
export type PersonaGrantsProps = PropsOf<typeof personaGrantsInputs>;
