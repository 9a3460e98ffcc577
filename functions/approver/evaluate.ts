import { describeError } from "./errors";
import type { Asset, Fact, Facts, Fields, Project, Unreadable } from "./facts";
import * as cedar from "./policies/cedar";
import type { CedarValueJson, EntityJson, EntityUidJson } from "./policies/cedar";
import { PARSED_SCHEMA } from "./policies/schema";
import type { PolicySet } from "./policies/set";

/** What the policies say about one asset. */
export interface Evaluation {
  readonly asset: string;
  readonly permits: readonly string[];
  readonly forbids: readonly string[];
  /** Why nothing the policies say may be relied on: facts that are not known, errors. Empty: nothing. */
  readonly doubts: readonly string[];
}

/**
 * Evaluates the policies for each asset that is asked for. Cedar by itself fails open: a forbid that meets an error does not
 * apply. So a fact that is referred to and not known, a request that does not fit the schema and any evaluation error
 * become doubts, and a decision with doubts is a person's.
 */
export function evaluate(set: PolicySet, facts: Facts | Unreadable, environment: string): Evaluation[] {
  if ("unreadable" in facts) return [{ asset: "", permits: [], forbids: [], doubts: [facts.unreadable] }];
  return facts.assets.map((asset) => evaluateAsset(set, facts, asset, environment));
}

function evaluateAsset(set: PolicySet, facts: Facts, asset: Asset, environment: string): Evaluation {
  const doubts: string[] = [];
  /** The value of a fact; where it is not known a placeholder, and a doubt if any policy would look at it. */
  const value = <T>(
    owner: Parameters<typeof set.references.has>[0],
    name: string,
    fact: Fact<T>,
    placeholder: T,
  ): T => {
    if ("value" in fact) return fact.value;
    if (set.references.has(owner, name)) doubts.push(`${owner}.${name} is unknown: ${fact.unknown}`);
    return placeholder;
  };
  /** The fields of forms, which can be very many: only where a policy looks at any. */
  const tags = (owner: "resource" | "request", fields: Fact<Fields>): Fields =>
    set.references.has(owner, "tags") ? value(owner, "tags", fields, {}) : {};
  const project = (owner: "principal" | "publisher", { name, details }: Project) => ({
    name: value(owner, "name", name, ""),
    details: present(value(owner, "details", details, { tags: [] })),
  });
  const uid = (type: string, id: string): { type: string; id: string } => ({ type: `DataZone::${type}`, id });
  const entity = (id: EntityUidJson, attrs: EntityJson["attrs"], fields: Fields = {}): EntityJson => ({
    uid: id,
    attrs,
    parents: [],
    tags: { ...fields },
  });

  const { product } = facts;
  // A project that asks for its own data is one entity: what is known of it as either is known.
  const own = facts.subscriber.type === "Project" && facts.subscriber.id === facts.publisher.id;
  const subscriber = own ? { ...facts.subscriber, ...merged(facts.subscriber, facts.publisher) } : facts.subscriber;
  const publisher = own ? subscriber : facts.publisher;
  const principal = uid(subscriber.type, subscriber.id);
  const resource = uid("Asset", asset.id);
  const request = uid("Request", facts.requestId);
  const publishing = uid("Project", publisher.id);
  const principalAttributes = {
    Project: () => project("principal", subscriber),
    User: () => ({ name: value("principal", "name", subscriber.name, "") }),
    Group: () => ({ name: value("principal", "name", subscriber.name, "") }),
    IamPrincipal: () => ({ arn: value("principal", "arn", subscriber.name, "") }),
  }[subscriber.type]();

  const entities = [
    entity(principal, principalAttributes),
    entity(
      resource,
      {
        name: value("resource", "name", asset.name, ""),
        type: value("resource", "type", asset.type, ""),
        terms: [...value("resource", "terms", asset.terms, [])],
        columnTerms: [...value("resource", "columnTerms", asset.columnTerms, [])],
        governed: [...value("resource", "governed", asset.governed, [])],
      },
      tags("resource", asset.fields),
    ),
    entity(request, {}, tags("request", facts.answers)),
  ];
  const publisherEntity = entity(publishing, project("publisher", publisher));
  if (!own) entities.push(publisherEntity);
  const context = present({
    environment,
    publisher: { __entity: publishing },
    permissions: [...value("context", "permissions", asset.permissions, [])],
    alreadySubscribed: facts.alreadySubscribed,
    product: product && {
      id: product.id,
      name: value("product", "name", product.name, ""),
      terms: [...value("product", "terms", product.terms, [])],
    },
    request: { __entity: request },
  });
  if (doubts.length > 0) return { asset: asset.id, permits: [], forbids: [], doubts };

  const answer = ask({
    principal,
    action: uid("Action", "Subscribe"),
    resource,
    context,
    entities,
    preparsedSchemaName: PARSED_SCHEMA,
    preparsedPolicySetId: set.parsed,
    validateRequest: true,
  });
  if ("refused" in answer) return { asset: asset.id, permits: [], forbids: [], doubts: answer.refused };
  const { decision, diagnostics } = answer.response;
  const reason = [...diagnostics.reason].sort();
  return {
    asset: asset.id,
    permits: decision === "allow" ? reason : [],
    forbids: decision === "deny" ? reason : [],
    doubts: diagnostics.errors.map(({ policyId, error }) => `${policyId} could not be evaluated: ${error.message}`),
  };
}

type Question = Parameters<typeof cedar.statefulIsAuthorized>[0];
type Response = Extract<ReturnType<typeof cedar.statefulIsAuthorized>, { type: "success" }>["response"];

/** Text that is not Unicode (half a surrogate pair, which JSON can hold) does not even get through to Cedar: it throws. */
function ask(question: Question): { response: Response } | { refused: string[] } {
  try {
    const answer = cedar.statefulIsAuthorized(question);
    return answer.type === "failure" ? { refused: answer.errors.map(({ message }) => message) } : answer;
  } catch (error) {
    return { refused: [`the policies could not be asked: ${describeError(error)}`] };
  }
}

const merged = (one: Project, other: Project): Pick<Project, "name" | "details"> => ({
  name: "value" in one.name ? one.name : other.name,
  details: "value" in one.details ? one.details : other.details,
});

/** Without the properties that are undefined, which Cedar would take for null. */
function present(record: object): Record<string, CedarValueJson> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
