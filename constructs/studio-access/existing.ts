import { isKnown, rule, snake } from "../inputs";

/** Props that only make sense for a bucket that is created here. */
const OF_A_NEW_ONE = ["bucketName", "dataset", "expireNoncurrentVersions", "objectsOnlyFor"] as const;
const CHANGED = `must not be given together with existingBucket, which is left as it is: leave it out, and ask the bucket's owner for it`;

/** An existing bucket is left as it is, so nothing about it can be set. */
export const bucketOfOthers = rule.relation<{
  readonly existingBucket?: object | undefined;
  readonly bucketName?: string | undefined;
  readonly dataset?: object | undefined;
  readonly expireNoncurrentVersions?: object | undefined;
  readonly objectsOnlyFor?: object | undefined;
  readonly policyDocuments: Readonly<Record<string, string>>;
}>({
  about: "existingBucket",
  says: `must not be given together with ${[...OF_A_NEW_ONE, "policyDocuments"].join(", ")}: an existing bucket is left as it is, so leave these out`,
  problems: (props) => {
    if (props.existingBucket === undefined || !isKnown(props.existingBucket)) return [];
    const { policyDocuments } = props;
    const documents = isKnown(policyDocuments) && Object.keys(policyDocuments).length > 0 ? ["policyDocuments"] : [];
    const given = OF_A_NEW_ONE.filter((prop) => props[prop] !== undefined);
    return [...given, ...documents].map((prop) => `${prop}: ${CHANGED}`);
  },
  condition: (props) => {
    const none = OF_A_NEW_ONE.map((prop) => `${props}.${snake(prop)} == null`);
    return `${props}.existing_bucket == null || (${[...none, `length(${props}.policy_documents) == 0`].join(" && ")})`;
  },
  broken: { existingBucket: { bucketName: "example-lake" }, bucketName: "example-data" },
});

const REGISTERED = "must be given together with existingBucket: a bucket that is created here is not registered yet";

/** A new bucket has no location yet. */
export const locationOfOthers = rule.relation<{
  readonly existingBucket?: object | undefined;
  readonly existingLocation?: object | undefined;
}>({
  about: "existingLocation",
  says: REGISTERED,
  problems: ({ existingBucket, existingLocation }) =>
    existingLocation !== undefined && isKnown(existingLocation) && existingBucket === undefined
      ? [`existingLocation: ${REGISTERED}`]
      : [],
  condition: (props) => `${props}.existing_location == null || ${props}.existing_bucket != null`,
  broken: { existingLocation: { id: "default" } },
});
