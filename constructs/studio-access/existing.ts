import { isKnown, rule, snake } from "../inputs";

/** What is said of a bucket that is made. */
const OF_A_NEW_ONE = ["bucketName", "dataset", "expireNoncurrentVersions", "objectsOnlyFor"] as const;
const CHANGED = `must not be given with existingBucket, of which nothing is changed: leave it out, and ask the bucket's owner`;

/** Nothing is written on a bucket that others own. */
export const bucketOfOthers = rule.relation<{
  readonly existingBucket?: object | undefined;
  readonly bucketName?: string | undefined;
  readonly dataset?: object | undefined;
  readonly expireNoncurrentVersions?: object | undefined;
  readonly objectsOnlyFor?: object | undefined;
  readonly policyDocuments: Readonly<Record<string, string>>;
}>({
  about: "existingBucket",
  says: `what is said of a bucket made here (${[...OF_A_NEW_ONE, "policyDocuments"].join(", ")}) must not be given with it: nothing of it is changed`,
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

const REGISTERED = "must be given with existingBucket: only what exists is registered already";

/** A bucket that is made is registered by whoever makes it. */
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
