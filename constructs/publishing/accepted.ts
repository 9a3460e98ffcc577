import type { Accepted } from "./module";

/** Findings of checkov about our functions, and why they stay. */
export const functionFindings = (
  at: string,
  own: { readonly atOnce: string; readonly failures: string },
): Accepted[] => [
  { check: "CKV_AWS_50", at, why: "Structured records and metrics tell what it does; traces would say no more" },
  { check: "CKV_AWS_115", at, why: own.atOnce },
  { check: "CKV_AWS_116", at, why: own.failures },
  {
    check: "CKV_AWS_173",
    at,
    why: "The variables hold names, ids and ARNs, no secret; Lambda encrypts them with its own key",
  },
  {
    check: "CKV_AWS_272",
    at,
    why: "The plan shows the zip's digest (source_code_hash); a signing profile is an account's own",
  },
];

/** Findings of checkov about our buckets, and why they stay. */
export const bucketFindings = (name: string, encryption: string): Accepted[] => {
  const at = `aws_s3_bucket.${name}`;
  return [
    { check: "CKV_AWS_19", at, why: "It is encrypted in every case: of the two dynamic rules one is always there" },
    {
      check: "CKV_AWS_144",
      at,
      why: "Where else the data may be is the caller's decision; versioning, which replication needs, is on",
    },
    { check: "CKV_AWS_145", at, why: encryption },
    {
      check: "CKV2_AWS_62",
      at,
      why: "Nothing here listens for new objects; the bucket's one notification configuration stays the caller's",
    },
  ];
};

/** Findings of checkov about the policy of a key, and why they stay. */
export const keyPolicyFindings = (at: string): Accepted[] =>
  ["CKV_AWS_109", "CKV_AWS_111", "CKV_AWS_356"].map((check) => ({
    check,
    at,
    why: "In a key policy * is this key, and the account must be able to administer it",
  }));
