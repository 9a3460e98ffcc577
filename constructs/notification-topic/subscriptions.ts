import {
  existing,
  flag,
  isKnown,
  listOf,
  mapOf,
  object,
  optional,
  type Resolved,
  type Rule,
  rule,
  text,
} from "../inputs";

/** The fields of a subscription that its rules look at. */
interface Delivery {
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery?: boolean | undefined;
}

/** Message attributes of an approver's announcements that have a closed list of values. */
export const ANNOUNCED = {
  decision: ["approved", "rejected", "waiting", "failed"],
  event: ["granted", "grant-failed", "revoked"],
  severity: ["low", "medium", "high", "critical"],
} as const;

/** An endpoint must be what its protocol delivers to (Subscribe of the SNS API). */
const fits = (protocols: readonly string[], pattern: RegExp, what: string): Rule<Delivery> => ({
  says: `must have ${what} as endpoint when protocol is ${protocols.join(" or ")}`,
  holds: ({ protocol, endpoint }) =>
    !isKnown(protocol) || !isKnown(endpoint) || !protocols.includes(protocol) || pattern.test(endpoint),
  condition: (value) =>
    `contains(${JSON.stringify(protocols)}, ${value}.protocol) ? can(regex(${JSON.stringify(pattern.source)}, ${value}.endpoint)) : true`,
});

const DELIVERIES: readonly Rule<Delivery>[] = [
  fits(["email", "email-json"], /^[^@ \t\r\n<>,;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$/, "an e-mail address"),
  fits(["sqs"], /^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}$/, "the ARN of a standard queue"),
  fits(
    ["lambda"],
    /^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?$/,
    "the ARN of a function",
  ),
  fits(["https"], /^https:[/][/][^ \t\r\n/]+([/?#][^ \t\r\n]*)?$/, "a URL that begins with https://"),
];

const rawWhereSupported: Rule<Delivery> = {
  says: "must have rawMessageDelivery only with the protocol sqs or https: leave it out for the others",
  holds: ({ protocol, rawMessageDelivery }) =>
    rawMessageDelivery !== true || !isKnown(protocol) || ["sqs", "https"].includes(protocol),
  condition: (value) => `!${value}.raw_message_delivery || contains(["sqs", "https"], ${value}.protocol)`,
};

type FilterPolicy = Readonly<Record<string, readonly string[]>>;

const someValues: Rule<FilterPolicy> = {
  says: "must list at least one value for each attribute: an empty list lets no message through",
  holds: (filter) => Object.values(filter).every((values) => values.length > 0),
  condition: (value) => `alltrue([for values in ${value} : length(values) > 0])`,
};

const announced: readonly Rule<FilterPolicy>[] = Object.entries(ANNOUNCED).map(([attribute, known]) => ({
  says: `must use only ${known.join(", ")} as values of ${attribute}: no message has another`,
  holds: (filter) => (filter[attribute] ?? []).every((value) => (known as readonly string[]).includes(value)),
  condition: (value) =>
    `alltrue([for item in lookup(${value}, ${JSON.stringify(attribute)}, []) : contains(${JSON.stringify(known)}, item)])`,
}));

const eitherOr: Rule<FilterPolicy> = {
  says: "must not filter on both decision and event: no message has both, so use two subscriptions",
  holds: (filter) => !("decision" in filter && "event" in filter),
  condition: (value) => `length(setintersection(keys(${value}), ["decision", "event"])) < 2`,
};

/** As in "Filter policy constraints" of the SNS Developer Guide. */
const MOST_COMBINATIONS = 150;

const fewCombinations: Rule<FilterPolicy> = {
  says: `must have at most ${MOST_COMBINATIONS} combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions`,
  holds: (filter) => Object.values(filter).reduce((product, values) => product * values.length, 1) <= MOST_COMBINATIONS,
  condition: (value) => `length(setproduct([1], [1], values(${value})...)) <= ${MOST_COMBINATIONS}`,
};

/** One subscription of a topic. */
const subscription = object(
  {
    /**
     * SNS protocol: `email`, `email-json`, `sqs`, `https` or `lambda`. Must be known at plan time. The policy of an `sqs` queue must let the
     * topic send; a `lambda` function is given the permission here.
     */
    protocol: text(rule.oneOf("email", "email-json", "sqs", "https", "lambda")),
    /** E-mail address, ARN of a queue or function, or URL. An e-mail subscription gets nothing until its owner confirms it. */
    endpoint: text(rule.trimmed),
    /**
     * Filter policy: the subscription gets only messages with these attributes, e.g. `{ decision: ["waiting", "failed"] }`.
     * @default - every message
     */
    filterPolicy: optional(
      mapOf(
        listOf(text(rule.trimmed)),
        rule.keysMatch(
          /^(decision|event|project|environment|severity)$/,
          "must filter only on decision, event, project, environment and severity, the attributes of announcements",
        ),
        someValues,
        ...announced,
        eitherOr,
        fewCombinations,
      ),
    ),
    /**
     * Delivers the message itself, without SNS's JSON envelope. Only for `sqs` and `https`.
     * @default false
     */
    rawMessageDelivery: optional(flag(), false),
    /**
     * Dead-letter queue for messages that SNS cannot deliver.
     * @default - none: SNS drops such a message after its retries
     */
    deadLetterQueue: optional(existing.queue),
  },
  ...DELIVERIES,
  rawWhereSupported,
);
/** With its defaults. */
export type Subscription = Resolved<typeof subscription>;

/** Amazon SNS quotas, "Filter policies". */
const MOST_FILTERS = 200;

const fewFilters: Rule<Readonly<Record<string, { readonly filterPolicy?: object | undefined }>>> = {
  says: `must have at most ${MOST_FILTERS} subscriptions with a filterPolicy, SNS's quota for a topic: subscribe machines without one and filter there`,
  holds: (subscriptions) =>
    Object.values(subscriptions).filter(({ filterPolicy }) => filterPolicy !== undefined).length <= MOST_FILTERS,
  condition: (value) =>
    `length([for entry in values(${value}) : entry if entry.filter_policy != null]) <= ${MOST_FILTERS}`,
};

/** SNS keeps one subscription for a protocol and endpoint: two resources would overwrite each other's settings. */
export const subscriptions = mapOf(
  subscription,
  rule.key,
  rule.distinctIn(
    ["protocol", "endpoint"],
    "must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out",
  ),
  fewFilters,
);

export const MAIL = { protocol: "email", endpoint: "someone@example.com" };
const FILTERED = { ...MAIL, filterPolicy: { decision: ["waiting"] } };
const QUEUE = { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:123456789012:example" };

/** For the generated tests of the module's validations: valid values first, then invalid ones. */
export const subscriptionSamples = (path: string): Readonly<Record<string, readonly unknown[]>> => ({
  [path]: [
    { example: MAIL, again: MAIL },
    MAIL,
    { ...MAIL, endpoint: "someone" },
    { ...QUEUE, endpoint: `${QUEUE.endpoint}.fifo` },
    { ...QUEUE, protocol: "lambda" },
    { ...MAIL, protocol: "https" },
    { ...MAIL, rawMessageDelivery: true },
    Object.fromEntries(
      Array.from({ length: 201 }, (_, i) => [`example${i}`, { ...FILTERED, endpoint: `someone${i}@example.com` }]),
    ),
  ],
  [`${path}.filterPolicy`]: [
    { decision: ["waiting"] },
    { decision: [] },
    { decision: ["pending"] },
    { event: ["pending"] },
    { severity: ["pending"] },
    { decision: ["waiting"], event: ["granted"] },
    { project: Array.from({ length: 151 }, (_, i) => `project${i}`) },
  ],
});
