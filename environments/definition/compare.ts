import { partition } from "@aws-sdk/core/client";
import type { AnyInput } from "../../constructs/inputs";
import { strangeArns } from "./arns";
import { environmentInputs, isRegion, type Settings } from "./environment";

/** Finds values that are valid by themselves but contradict one another, or the Region and account that they are deployed to. */
type Comparison = (name: string, settings: Settings) => string[];

/** The one account of the local sandbox. */
const SANDBOX_ACCOUNT = "123456789012";

/** `sandbox` must not be set for a real account, because it turns checks off. */
const sandbox: Comparison = (_name, { sandbox, account, backend }) =>
  sandbox && (account !== SANDBOX_ACCOUNT || !backend.local)
    ? [
        `sandbox: is for the local sandbox alone (account ${SANDBOX_ACCOUNT}, backend { local: {} }), without the checks that a real account needs; leave it out`,
      ]
    : [];

/** IAM refuses two tags that differ in case only. */
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
        : [`${system}tags.${key}: must differ from ${other} in more than case, because IAM refuses both; use one`];
    }),
  );
};

/** Alarms and failures must reach someone. */
const operators: Comparison = (_name, { subscriptionApproval }) => {
  const { topic, subscriptions = {} } = subscriptionApproval?.operators ?? { topic: {} };
  return topic || Object.keys(subscriptions).length > 0
    ? []
    : [
        'subscriptionApproval.operators: must have a subscription, or no one would get alarms and failures; give subscriptions, e.g. { on_call: { protocol: "email", endpoint: "on-call@example.com" } }, or a topic that has some',
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
      : [
          `studioAccess.personas.${key}.singleSignOn.userName: must not be that of ${other}, because a user has one profile; give another user, or remove one of the two`,
        ];
  });
};

/** Grants are a role's: who works with another's role has the other's grants. */
const ownRoles: Comparison = (_name, { studioAccess }) => {
  const people = Object.entries(studioAccess?.personas ?? {});
  return people.flatMap(([key, { role }]) => {
    const other = people.find(([, theirs]) => theirs.role?.arn === role?.arn)![0];
    return role === undefined || other === key
      ? []
      : [
          `studioAccess.personas.${key}.role: must not be that of ${other}, because each would have the other's grants; give each a role of their own`,
        ];
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

/** A sub-prefix without its asterisk: `Product/` of `Product/*`. */
const start = (subPrefix: string): string => subPrefix.replace(/[*]$/, "");
const meet = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** Grants that reach no data, where the bucket's content is known: it has the data set, and what someone may write. */
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
      (prefix) =>
        `studioAccess.dataset.prefixes: no grant reaches ${prefix}; grant it to somebody, or remove it from prefixes`,
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
        `${prop}: would reach nothing: the data set is loaded into ${dataset.prefixes.join(", ")}, and nobody may write to ${prefix}; correct the prefix, whose letters' case matters to S3`,
    );
  return [...unread, ...empty];
};

/** AWS's sample is in the partition `aws`, and no other can read it. */
const dataset: Comparison = (_name, { region, studioAccess }) => {
  const { source } = studioAccess?.dataset ?? {};
  return source?.s3?.bucket === "sagemaker-sample-files" && partition(region).name !== "aws"
    ? [
        `studioAccess.dataset.source: must be a source of your own in ${region}, from where AWS's sample data set cannot be read`,
      ]
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
        ? [`${at}: must differ from ${there} in more than - and _, because both would get the same address; rename one`]
        : []),
      ...(inside ? keysOf(inside, item, at) : []),
    ];
  });
}

const COMPARISONS = [addresses, sandbox, tags, operators, arrivalNotices, filters, sweep, singleSignOn, ownRoles];
/** Comparisons with the Region, which only make sense where the Region is valid. */
const IN_REGION = [zones, dataset, strangeArns];

/**
 * All contradictions in an environment, each beginning with a prop.
 *
 * @param problems problems that were found before; values that they are about are not compared
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
