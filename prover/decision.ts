import type { Expr } from "../functions/approver/policies/cedar";
import * as cedar from "../functions/approver/policies/cedar";
import type { References } from "../functions/approver/policies/references";
import { type Policy, type PolicySet, parseSet } from "../functions/approver/policies/set";
import { Comparison } from "./compare";
import { Evaluator } from "./expression";
import type { Universe } from "./names";
import { applicationOf } from "./policy";
import type { AnyRequest, Asset, Maybe, Read } from "./request";
import type { Formula, Formulas, Text } from "./smt";
import type { Elements, Entity, Value } from "./values";

/** A policy set, with an expression for each policy that says when it applies. */
export interface ReadSet extends PolicySet {
  readonly applications: ReadonlyMap<string, Expr>;
}

export function readSet(texts: Readonly<Record<string, string>>): ReadSet {
  const applications = Object.entries(texts).map(([id, text]) => {
    const parsed = cedar.policyToJson(text);
    if (parsed.type === "failure") throw new Error(`The policy ${id} does not parse`);
    return [id, applicationOf(parsed.json)] as const;
  });
  return { ...parseSet(texts), applications: new Map(applications) };
}

/**
 * What is decided about a request (docs/policies.md, "How a decision is made"): each outcome is a formula over the
 * request.
 */
export interface Decided {
  readonly approved: Formula;
  readonly rejected: Formula;
  readonly waiting: Formula;
  /** The asset filters that an approval is given with. */
  readonly filters: Value;
}

/**
 * Decides any request by a policy set. It says as formulas what functions/approver/{question,evaluate,decide}.ts
 * compute.
 */
export class Decider {
  private readonly compare: Comparison;

  constructor(
    private readonly f: Formulas,
    universe: Universe,
    private readonly request: AnyRequest,
  ) {
    this.compare = new Comparison(f, universe);
  }

  decide(set: ReadSet): Decided {
    const { f, request } = this;
    const assets = request.assets.map((asset) => ({ asset, policies: this.evaluate(set, asset) }));
    const ofEveryAsset = (holds: (of: (typeof assets)[number]) => Formula): Formula =>
      f.all(...assets.map((one) => f.implies(one.asset.present, holds(one))));

    const readable = f.all(
      this.canBeRead(set.references),
      ofEveryAsset(({ asset, policies }) =>
        f.all(this.assetCanBeRead(set.references, asset), f.not(f.any(...policies.map(({ fails }) => fails)))),
      ),
    );
    const some = (which: (policy: Applied) => boolean): Formula =>
      f.any(
        ...assets.flatMap(({ asset, policies }) =>
          policies.filter(which).map(({ holds }) => f.all(asset.present, holds)),
        ),
      );
    const forbidden = some(({ effect }) => effect === "forbid");
    const permitted = ofEveryAsset(({ policies }) =>
      f.any(...policies.filter(({ effect }) => effect === "permit").map(({ holds }) => holds)),
    );
    const scopes = [...new Set([...set.policies.values()].filter(isPermit).map(({ assetScope }) => assetScope.join()))];
    const used = scopes.map((scope) => ({
      scope,
      when: some(({ effect, assetScope }) => effect === "permit" && assetScope.join() === scope),
    }));
    const oneScope = f.all(
      ...used.flatMap(({ when }, index) => used.slice(index + 1).map((other) => f.not(f.all(when, other.when)))),
    );
    const named = f.any(...used.filter(({ scope }) => scope !== "").map(({ when }) => when));
    const approved = f.all(
      readable,
      f.not(forbidden),
      permitted,
      oneScope,
      f.not(f.all(named, request.product.present)),
    );
    const leaves = some(({ effect, reject }) => effect === "forbid" && !reject);
    const rejected = f.all(readable, forbidden, f.not(leaves));
    return {
      approved,
      rejected,
      waiting: f.not(f.any(approved, rejected)),
      filters: { kind: "set", options: used.map(({ scope, when }) => ({ when, is: this.filters(scope) })) },
    };
  }

  /** When an expression holds, and when it fails, for one of the assets. */
  condition(expression: Expr, asset: Asset): { readonly holds: Formula; readonly fails: Formula } {
    const { principal, publisher, resource, request, context } = this.request.seen(asset);
    const scope = {
      principal,
      resource,
      context,
      action: this.action(),
      entities: [principal, publisher, resource, request],
    };
    return new Evaluator(this.f, this.compare, scope).condition(expression);
  }

  /** Whether two approvals give the same rows and columns. */
  sameFilters(one: Decided, other: Decided): Formula {
    return this.compare.equal(one.filters, other.filters);
  }

  private evaluate(set: ReadSet, asset: Asset): Applied[] {
    return [...set.policies].map(([id, policy]) => ({
      ...policy,
      ...this.condition(set.applications.get(id)!, asset),
    }));
  }

  private filters(scope: string): Elements {
    if (scope === "") return this.request.requestedFilters.is;
    return {
      listed: scope.split(",").map((filter) => ({ when: this.f.yes, is: { kind: "string", is: this.f.text(filter) } })),
    };
  }

  private action(): Entity {
    const isAction = (name: string): Formula => (name === "DataZone::Action" ? this.f.yes : this.f.no);
    return { type: isAction, id: this.f.text("Subscribe"), known: { fields: new Map(), tags: new Map() } };
  }

  /** Whether everything that the set refers to, and that all assets share, could be read. */
  private canBeRead(references: References): Formula {
    const { f, request } = this;
    const { subscriber, publisher, requester, product, requestedFilters } = request;
    const needs = (
      owner: Parameters<References["has"]>[0],
      attribute: string,
      when: Formula,
      known: Formula,
    ): Formula => (references.has(owner, attribute) ? f.implies(when, known) : f.yes);
    const isIam = request.isOf("IamPrincipal");
    return f.all(
      needs("principal", "name", f.not(isIam), subscriber.name.known),
      needs("principal", "arn", isIam, subscriber.name.known),
      needs("principal", "details", request.isOf("Project"), subscriber.details.known),
      needs("publisher", "name", f.yes, publisher.name.known),
      needs("publisher", "details", f.yes, publisher.details.known),
      needs("requester", "id", f.yes, requester.id.known),
      needs("requester", "details", f.yes, requester.details.known),
      needs("product", "name", product.present, product.is.name.known),
      needs("product", "terms", product.present, product.is.terms.known),
      requestedFilters.known,
      references.has("context", "requestedFilters") ? f.yes : this.compare.isEmpty(this.requested()),
      this.fieldsCanBeRead(references.tags("request"), request.answers),
    );
  }

  private requested(): Value {
    return { kind: "set", options: [{ when: this.f.yes, is: this.request.requestedFilters.is }] };
  }

  private assetCanBeRead(references: References, asset: Asset): Formula {
    const named = (["name", "type", "terms", "columnTerms", "governed"] as const).filter((attribute) =>
      references.has("resource", attribute),
    );
    return this.f.all(
      ...named.map((attribute) => asset[attribute].known),
      references.has("context", "permissions") ? asset.permissions.known : this.f.yes,
      this.fieldsCanBeRead(references.tags("resource"), asset.fields),
    );
  }

  private fieldsCanBeRead(named: ReadonlySet<string>, fields: ReadonlyMap<string, Read<Maybe<Text>>>): Formula {
    return this.f.all(...[...named].map((name) => fields.get(name)!.known));
  }
}

type Applied = Policy & { readonly holds: Formula; readonly fails: Formula };

const isPermit = ({ effect }: Policy): boolean => effect === "permit";
