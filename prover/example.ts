import type { Model } from "z3-solver";
import { type Fact, type Facts, type Fields, type ProjectDetails, known, unknown } from "../functions/approver/facts";
import type { Names, Universe } from "./names";
import { type AnyRequest, type Asset, KINDS, type Maybe, type Read } from "./request";
import type { Formula, Formulas, Text, Whole } from "./smt";

/** An example of a request, and the environment (`context.environment`) that it is made in. */
export interface Example {
  readonly facts: Facts;
  readonly environment: string;
}

const CANNOT_BE_READ = unknown("it cannot be read");

/** The request that a solution of Z3's (a model) describes. */
export function exampleIn(model: Model<"main">, request: AnyRequest, universe: Universe, f: Formulas): Example {
  const holds = (formula: Formula): boolean => f.holds(formula, model);
  const text = (of: Text): string => f.value(of, model);
  const whole = (of: Whole): number => Number((model.eval(of, true) as Whole).toString().replace(/[()\s]/g, ""));
  const names = (of: Names): string[] => universe.membersOf(of, model);
  const read = <T, U>({ is, known: isKnown }: Read<T>, value: (is: T) => U): Fact<U> =>
    holds(isKnown) ? known(value(is)) : CANNOT_BE_READ;
  const fields = (of: ReadonlyMap<string, Read<Maybe<Text>>>): Fields =>
    Object.fromEntries(
      [...of].flatMap(([name, field]) => {
        if (holds(field.known) && !holds(field.is.present)) return [];
        return [[name, read(field, ({ is }) => text(is))] as const];
      }),
    );
  const project = ({ id, name, details }: AnyRequest["publisher"]) => ({
    id: text(id),
    name: read(name, text),
    details: read(details, ({ tags, ...optional }): ProjectDetails => ({
      ...Object.fromEntries(
        Object.entries(optional).flatMap(([attribute, { present, is }]) =>
          holds(present) ? [[attribute, text(is)] as const] : [],
        ),
      ),
      tags: names(tags),
    })),
  });
  const asset = (of: Asset) => ({
    id: text(of.id),
    name: read(of.name, text),
    type: read(of.type, text),
    terms: read(of.terms, names),
    columnTerms: read(of.columnTerms, names),
    governed: read(of.governed, names),
    permissions: read(of.permissions, names),
    fields: known(fields(of.fields)),
  });
  const { product, requester } = request;
  return {
    environment: text(request.environment),
    facts: {
      requestId: text(request.requestId),
      subscriber: { type: KINDS[whole(request.kind)]!, ...project(request.subscriber) },
      publisher: project(request.publisher),
      requester: {
        id: read(requester.id, text),
        details: read(requester.details, ({ kind, name }) => ({ kind: text(kind), name: text(name) })),
      },
      assets: request.assets.filter(({ present }) => holds(present)).map(asset),
      ...(holds(product.present) && {
        product: {
          id: text(product.is.id),
          name: read(product.is.name, text),
          terms: read(product.is.terms, names),
        },
      }),
      alreadySubscribed: holds(request.alreadySubscribed),
      requestedFilters: read(request.requestedFilters, names),
      answers: known(fields(request.answers)),
      now: new Date(whole(request.now)),
    },
  };
}
