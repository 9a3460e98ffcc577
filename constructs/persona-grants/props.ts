import { didYouMean, isKnown, mapOf, object, optional, type PropsOf, rule, text } from "../inputs";
import { type Grant, grantee, grants } from "../shared/grant";
import { accountId } from "../shared/names";

/** A grant must name a location that exists. */
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
            const known = Object.keys(locationIds).sort();
            return `grants.${key}.location: must be a key of locationIds (given: "${location}", keys: ${known.join(", ")})${didYouMean(location, known)}`;
          }),
  wrong: (props) =>
    `[for key, grant in ${props}.grants : "\${key} (location \${grant.location})" if !contains(keys(${props}.location_ids), grant.location)]`,
  broken: {
    locationIds: {},
    grants: { example: { location: "data", subPrefix: "Product/*", permission: "READ" } },
  },
});

export const personaGrantsInputs = object(
  {
    /**
     * Id of the AWS account of the S3 Access Grants instance, 12 digits. It has to be given, because the AWS provider replaces a grant whose
     * tags change when it looks up the account itself.
     */
    accountId,
    /** Who the grants are for. */
    grantee,
    /** Ids of the locations (`access_grants_location_id`), by the key that `grants` refer to. */
    locationIds: mapOf(text()),
    /**
     * The grants, by a key of your choice that does not change later, e.g. `Product`. S3 Access Grants cannot change a grant: changing one here
     * replaces it and touches no other.
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
