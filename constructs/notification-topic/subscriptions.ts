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

/** What the rules on a subscription look at. */
interface Delivery {
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery?: boolean | undefined;
}

/** What an approver's announcements can say in those of their attributes whose values are known beforehand. */
export const ANNOUNCED = {
  decision: ["approved", "rejected", "waiting", "failed"],
  event: ["granted", "grant-failed", "revoked"],
  severity: ["low", "medium", "high", "critical"],
} as const;

/** An endpoint must be what its protocol delivers to (Subscribe of the SNS API). */
const fits = (protocols: readonly string[], pattern: RegExp, what: string): Rule<Delivery> => ({
  says: `must have ${what} as endpoint where protocol is ${protocols.join(" or ")}`,
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
  says: "may have rawMessageDelivery where protocol is sqs or https only",
  holds: ({ protocol, rawMessageDelivery }) =>
    rawMessageDelivery !== true || !isKnown(protocol) || ["sqs", "https"].includes(protocol),
  condition: (value) => `!${value}.raw_message_delivery || contains(["sqs", "https"], ${value}.protocol)`,
};

type FilterPolicy = Readonly<Record<string, readonly string[]>>;

const someValues: Rule<FilterPolicy> = {
  says: "must have at least one value for each attribute: no message has none",
  holds: (filter) => Object.values(filter).every((values) => values.length > 0),
  condition: (value) => `alltrue([for values in ${value} : length(values) > 0])`,
};

const announced: readonly Rule<FilterPolicy>[] = Object.entries(ANNOUNCED).map(([attribute, known]) => ({
  says: `may filter on ${attribute} ${known.join(", ")}: no message has another`,
  holds: (filter) => (filter[attribute] ?? []).every((value) => (known as readonly string[]).includes(value)),
  condition: (value) =>
    `alltrue([for item in lookup(${value}, ${JSON.stringify(attribute)}, []) : contains(${JSON.stringify(known)}, item)])`,
}));

const eitherOr: Rule<FilterPolicy> = {
  says: "must not filter on decision and event at once: no message has both",
  holds: (filter) => !("decision" in filter && "event" in filter),
  condition: (value) => `length(setintersection(keys(${value}), ["decision", "event"])) < 2`,
};

/** As in "Filter policy constraints" of the SNS Developer Guide. */
const MOST_COMBINATIONS = 150;

const fewCombinations: Rule<FilterPolicy> = {
  says: `must have at most ${MOST_COMBINATIONS} combinations of values, the numbers of values multiplied: filter on fewer attributes, or subscribe twice`,
  holds: (filter) => Object.values(filter).reduce((product, values) => product * values.length, 1) <= MOST_COMBINATIONS,
  condition: (value) => `length(setproduct([1], [1], values(${value})...)) <= ${MOST_COMBINATIONS}`,
};

/** One subscription of a topic. */
const subscription = object(
  {
    /**
     * How messages are delivered, in SNS's words. Known at plan time. An `sqs` queue's own policy must let the topic send;
     * a `lambda` endpoint gets the permission that it needs here.
     */
    protocol: text(rule.oneOf("email", "email-json", "sqs", "https", "lambda")),
    /** E-mail address, queue or function ARN, or URL. An e-mail subscription waits until its owner confirms it. */
    endpoint: text(rule.trimmed),
    /**
     * Filter policy over the message attributes, e.g. `{ decision: ["waiting", "failed"] }`.
     * @default - every message
     */
    filterPolicy: optional(
      mapOf(
        listOf(text(rule.trimmed)),
        rule.keysMatch(
          /^(decision|event|project|environment|severity)$/,
          "may filter on decision, event, project, environment and severity",
        ),
        someValues,
        ...announced,
        eitherOr,
        fewCombinations,
      ),
    ),
    /**
     * Deliver the message itself, without SNS's envelope (sqs and https).
     * @default false
     */
    rawMessageDelivery: optional(flag(), false),
    /**
     * Queue for what cannot be delivered.
     * @default - none: SNS drops it after its retries
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
  says: `must have at most ${MOST_FILTERS} subscriptions with a filterPolicy, which is SNS's quota of a topic: let machines filter what they get`,
  holds: (subscriptions) =>
    Object.values(subscriptions).filter(({ filterPolicy }) => filterPolicy !== undefined).length <= MOST_FILTERS,
  condition: (value) =>
    `length([for entry in values(${value}) : entry if entry.filter_policy != null]) <= ${MOST_FILTERS}`,
};

/** SNS knows one subscription of a protocol and endpoint: two resources would fight for it. */
export const subscriptions = mapOf(
  subscription,
  rule.key,
  rule.distinctIn(["protocol", "endpoint"], "must not have the same protocol and endpoint under two keys"),
  fewFilters,
);

export const MAIL = { protocol: "email", endpoint: "someone@example.com" };
const FILTERED = { ...MAIL, filterPolicy: { decision: ["waiting"] } };
const QUEUE = { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:123456789012:example" };

/** For the tests of the validations: right values first, then wrong ones. */
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
