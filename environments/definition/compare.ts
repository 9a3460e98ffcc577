import { partition } from "@aws-sdk/core/client";
import type { AnyInput } from "../../constructs/inputs";
import { strangeArns } from "./arns";
import { environmentInputs, isRegion, type Settings } from "./environment";

/** What no prop by itself can be wrong about: values that contradict one another, or where they are deployed to. */
type Comparison = (name: string, settings: Settings) => string[];

/** The one account of the local sandbox. */
const SANDBOX_ACCOUNT = "123456789012";

/** What `sandbox` leaves out is what a real account needs. */
const sandbox: Comparison = (_name, { sandbox, account, backend }) =>
  sandbox && (account !== SANDBOX_ACCOUNT || !backend.local)
    ? [
        `sandbox: is for the local sandbox alone (account ${SANDBOX_ACCOUNT}, backend { local: {} }), without the checks that a real account needs; leave it out`,
      ]
    : [];

/** IAM knows no two tags that differ in case only. */
const tags: Comparison = (name, { tags, subscriptionApproval, studioAccess }) => {
  const all = { "": tags, "subscriptionApproval.": subscriptionApproval?.tags, "studioAccess.": studioAccess?.tags };
  return Object.entries(all).flatMap(([system, given]) =>
    Object.entries(given ?? {}).flatMap(([key, value]) => {
      if (key.toLowerCase() === "environment" && (key !== "environment" || value !== name)) {
        return [`${system}tags.${key}: every resource has the tag environment = ${name} already; leave it out`];
      }
      const other = Object.keys({ ...tags, ...given }).find((o) => o !== key && o.toLowerCase() === key.toLowerCase());
      return other === undefined
        ? []
        : [`${system}tags.${key}: differs from ${other} in case only, and IAM does not take both; use one`];
    }),
  );
};

/** Alarms and failures that no one hears of. */
const operators: Comparison = (_name, { subscriptionApproval }) => {
  const { topic, subscriptions = {} } = subscriptionApproval?.operators ?? { topic: {} };
  return topic || Object.keys(subscriptions).length > 0
    ? []
    : [
        'subscriptionApproval.operators: no one would hear of alarms and failures; give subscriptions, e.g. { on_call: { protocol: "email", endpoint: "on-call@example.com" } }, or a topic that has some',
      ];
};

/** Arrival notices carry no attributes, so a filter lets none of them through. */
const arrivalNotices: Comparison = (_name, { subscriptionApproval }) => {
  if (!subscriptionApproval?.arrivalNotices) return [];
  const { topic, subscriptions = {} } = subscriptionApproval.notifications;
  return topic || Object.values(subscriptions).some(({ filterPolicy }) => !filterPolicy)
    ? []
    : [
        "subscriptionApproval.arrivalNotices: would reach no one, because they carry no attributes to filter on; add a subscription without filterPolicy to notifications, or leave them out",
      ];
};

/** Every message carries this environment and one of its publishing projects. */
const filters: Comparison = (name, { subscriptionApproval }) => {
  if (!subscriptionApproval) return [];
  const projects = Object.values(subscriptionApproval.publishingProjects).map(({ id }) => id);
  const there: Readonly<Record<string, readonly string[]>> = { environment: [name], project: projects };
  const subscriptions = subscriptionApproval.notifications.subscriptions ?? {};
  return Object.entries(subscriptions).flatMap(([key, { filterPolicy = {} }]) =>
    Object.entries(filterPolicy).flatMap(([attribute, values]) =>
      values
        .filter((value) => there[attribute] && !there[attribute].includes(value))
        .map(
          (value) =>
            `subscriptionApproval.notifications.subscriptions.${key}.filterPolicy.${attribute}: no message has "${value}" (there are: ${there[attribute]!.join(", ")})`,
        ),
    ),
  );
};

/** Zones belong to a Region: `eu-central-1a`, a local one is `us-west-2-lax-1a`. */
const zones: Comparison = (_name, { region, studioAccess }) => {
  const { privateSubnets = {}, publicSubnets = {}, natGateways = {} } = studioAccess?.network.create ?? {};
  return Object.entries({ privateSubnets, publicSubnets, natGateways }).flatMap(([prop, byZone]) =>
    Object.keys(byZone)
      .filter((zone) => !new RegExp(`^${region}(-[a-z]+-\\d)?[a-z]$`).test(zone))
      .map((zone) => `studioAccess.network.create.${prop}.${zone}: must be a zone of ${region}, e.g. ${region}a`),
  );
};

/** One user has one profile. */
const singleSignOn: Comparison = (_name, { studioAccess }) => {
  const personas = Object.entries(studioAccess?.personas ?? {});
  const people = personas.map(([key, { singleSignOn }]) => [key, singleSignOn?.userName] as const);
  return people.flatMap(([key, user]) => {
    const other = people.find(([, theirs]) => theirs === user)![0];
    return user === undefined || other === key
      ? []
      : [`studioAccess.personas.${key}.singleSignOn.userName: is that of ${other} already; each has one profile`];
  });
};

/** Grants are a role's: who works with another's role has the other's grants. */
const ownRoles: Comparison = (_name, { studioAccess }) => {
  const people = Object.entries(studioAccess?.personas ?? {});
  return people.flatMap(([key, { role }]) => {
    const other = people.find(([, theirs]) => theirs.role?.arn === role?.arn)![0];
    return role === undefined || other === key
      ? []
      : [`studioAccess.personas.${key}.role: is that of ${other} already, and each would have the other's grants`];
  });
};

/** Operators would be told of requests that no sweep may have looked at. */
const sweep: Comparison = (_name, { subscriptionApproval }) => {
  const { minimumAgeMinutes, alarmAfterHours, everyMinutes } = subscriptionApproval?.sweep ?? {};
  if (minimumAgeMinutes === undefined || alarmAfterHours === undefined || everyMinutes === undefined) return [];
  return alarmAfterHours * 60 > minimumAgeMinutes + everyMinutes
    ? []
    : [
        `subscriptionApproval.sweep.alarmAfterHours: must be more than minimumAgeMinutes and everyMinutes together (${minimumAgeMinutes} + ${everyMinutes} minutes): no sweep may have looked at a request by then`,
      ];
};

/** What a sub-prefix begins with, without its asterisk: `Product/*` is `Product/`. */
const start = (subPrefix: string): string => subPrefix.replace(/[*]$/, "");
const meet = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** Where a data set is loaded, it is known what is in the bucket: that, and what someone may write. */
const reach: Comparison = (_name, { studioAccess }) => {
  const { dataset, personas = {}, otherGrantees = {} } = studioAccess ?? {};
  const everyone = [
    ...Object.entries(personas).map(([name, { grants }]) => ({ path: `studioAccess.personas.${name}`, grants })),
    ...Object.entries(otherGrantees).map(([name, { grants }]) => ({
      path: `studioAccess.otherGrantees.${name}`,
      grants,
    })),
  ];
  const grants = everyone.flatMap(({ path, grants }) =>
    Object.entries(grants).map(([key, { subPrefix, permission }]) => ({
      prop: `${path}.grants.${key}.subPrefix`,
      prefix: start(subPrefix),
      permission,
    })),
  );
  if (!dataset || grants.length === 0) return [];
  const unread = dataset.prefixes
    .filter((prefix) => !grants.some((grant) => meet(prefix, grant.prefix)))
    .map(
      (prefix) => `studioAccess.dataset.prefixes: nobody has a grant that reaches ${prefix}; grant it, or take it off`,
    );
  const empty = grants
    .filter(({ prefix, permission }) => {
      const written = grants.filter((grant) => grant.permission !== "READ").map((grant) => grant.prefix);
      const filled = [...dataset.prefixes, ...(permission === "READ" ? written : [prefix])];
      const alike = dataset.prefixes.some((other) => meet(other.toLowerCase(), prefix.toLowerCase()));
      return (
        !dataset.prefixes.some((other) => meet(other, prefix)) &&
        (alike || !filled.some((other) => meet(other, prefix)))
      );
    })
    .map(
      ({ prop, prefix }) =>
        `${prop}: reaches nothing: the data set is loaded into ${dataset.prefixes.join(", ")}, and nobody may write to ${prefix}; S3 knows capital and small letters`,
    );
  return [...unread, ...empty];
};

/** AWS's sample is in the partition `aws`, and no other can read it. */
const dataset: Comparison = (_name, { region, studioAccess }) => {
  const { source } = studioAccess?.dataset ?? {};
  return source?.s3?.bucket === "sagemaker-sample-files" && partition(region).name !== "aws"
    ? [`studioAccess.dataset.source: AWS's sample data set cannot be read from ${region}; give a source of your own`]
    : [];
};

/** Keys of entries become parts of addresses, where - and _ are the same. */
const addresses: Comparison = (_name, settings) => keysOf(environmentInputs, settings, "");

function keysOf(input: AnyInput, value: unknown, prop: string): string[] {
  if (typeof value !== "object" || value === null || !(input.fields ?? input.of)) return [];
  const first = new Map<string, string>();
  return Object.entries(value).flatMap(([key, item]) => {
    const at = prop === "" ? key : `${prop}.${key}`;
    const address = key.replace(/[^A-Za-z0-9_]/g, "_");
    const there = first.get(address);
    first.set(address, key);
    const inside = input.fields?.[key] ?? input.of;
    return [
      ...(there !== undefined && input.of?.kind === "object"
        ? [`${at}: differs from ${there} in - and _ only, and both would have one address; rename one`]
        : []),
      ...(inside ? keysOf(inside, item, at) : []),
    ];
  });
}

const COMPARISONS = [addresses, sandbox, tags, operators, arrivalNotices, filters, sweep, singleSignOn, ownRoles];
/** Of what is in one Region or another. */
const IN_REGION = [zones, dataset, strangeArns];

/**
 * What contradicts something else in an environment, each beginning with a prop.
 *
 * @param problems what is wrong already, so that what would be compared may not be there
 */
export function contradictions(name: string, settings: Settings, problems: readonly string[]): string[] {
  const comparisons = [
    ...COMPARISONS,
    ...(isRegion(settings.region) ? IN_REGION : []),
    ...(problems.some((problem) => /^studioAccess[.](personas|otherGrantees|dataset)/.test(problem)) ? [] : [reach]),
  ];
  return comparisons.flatMap((compare) => {
    try {
      return compare(name, settings);
    } catch (error) {
      if (problems.length === 0) throw error;
      return [];
    }
  });
}
