import type { World } from "../../sandbox/walkthrough/world";

/** Grants of somebody, by their keys, as HCL writes them. */
export type Grants = Readonly<Record<string, { readonly sub_prefix: string; readonly permission: string }>>;

/** What a year changes, of the environment and of the modules' callers alike; the names are HCL's. */
export interface Settings {
  readonly neighbour_tags: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Name of the group's domain. */
  readonly domain_name: string;
  /** Third number of a subnet's addresses, by its Availability Zone. */
  readonly zones: Readonly<Record<string, number>>;
  readonly security_groups: readonly string[];
  readonly personas: Readonly<Record<string, { readonly grants: Grants }>>;
  readonly has_key: boolean;
  /** ARN of the environment's key, which somebody else has made. */
  readonly key: string;
  readonly samples: string;
  /** Key of the data set in the bucket of samples. */
  readonly data_set: string;
  readonly retention_days: number;
  readonly domain: string;
  readonly projects: Readonly<Record<string, { readonly id: string }>>;
  readonly policies: Readonly<Record<string, string>>;
  /** Queues that get announcements as they are. */
  readonly subscriptions: Readonly<
    Record<string, { readonly protocol: "sqs"; readonly endpoint: string; readonly raw_message_delivery: true }>
  >;
}

export const grant = (sub_prefix: string, permission = "READWRITE"): Grants[string] => ({ sub_prefix, permission });

export const policy = (id: string, when: string): string =>
  `@id("${id}")\npermit (principal is DataZone::Project, action, resource)\nwhen { ${when} && ["READ"].containsAll(context.permissions) };\n`;

/** What the year begins with. */
export const firstSettings = ({ catalog, settings }: World, key: string): Settings => ({
  neighbour_tags: { month: "january" },
  tags: { team: "product" },
  domain_name: "Called",
  zones: { "us-east-1a": 1 },
  security_groups: ["studio"],
  personas: {
    userA: { grants: { product: grant("Product/*"), own: grant("UserA/*") } },
    userB: { grants: { product: grant("Product/*"), own: grant("UserB/*") } },
  },
  has_key: false,
  key,
  samples: settings["SANDBOX_DATASET_BUCKET"]!,
  data_set: "abalone.csv",
  retention_days: 30,
  domain: catalog.domain,
  projects: { sales: { id: catalog.projects.sales } },
  policies: { "public-data": policy("public-data", 'resource.terms.contains("Public")') },
  subscriptions: { owners: { protocol: "sqs", endpoint: catalog.inbox.arn, raw_message_delivery: true } },
});
