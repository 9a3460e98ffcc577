/** The scope of one grant, `s3://bucket/prefix*` or, for one object, without the `*`. */
export interface Reach {
  readonly scope: string;
  /** A text that identifies the grantee. */
  readonly grantee: string;
}

/** A broad grant, and the private ones of other grantees that it covers. */
export interface Opening<R extends Reach> {
  readonly by: R;
  readonly opened: readonly R[];
}

const isOpen = (scope: string): boolean => scope.endsWith("*");
const start = (scope: string): string => (isOpen(scope) ? scope.slice(0, -1) : scope);

/**
 * Grants by their scopes.
 *
 * It looks up each scope's possible parents instead of comparing every pair, so its cost grows with the number of grants times the number
 * of different lengths of their scopes.
 */
export class ByScope<R extends Pick<Reach, "scope">> {
  readonly #grants = new Map<string, R[]>();
  readonly #lengths: readonly number[];

  constructor(grants: readonly R[]) {
    for (const grant of grants) append(this.#grants, grant.scope, grant);
    const open = grants.filter(({ scope }) => isOpen(scope));
    this.#lengths = [...new Set(open.map(({ scope }) => start(scope).length))].sort((a, b) => a - b);
  }

  /** Each granted scope, with its grants. */
  get scopes(): Iterable<[scope: string, grants: readonly R[]]> {
    return this.#grants;
  }

  /** The grants of exactly this scope. */
  of(scope: string): readonly R[] {
    return this.#grants.get(scope) ?? [];
  }

  /** The grants of other scopes that cover this one, the broadest first. */
  above(scope: string): R[] {
    const own = start(scope);
    return this.#lengths
      .filter((length) => length <= own.length)
      .map((length) => `${own.slice(0, length)}*`)
      .filter((parent) => parent !== scope)
      .flatMap((parent) => this.of(parent));
  }
}

/** Finds private scopes, each granted to one grantee alone, that a broader grant of another grantee covers. */
export function openings<R extends Reach>(grants: readonly R[]): Opening<R>[] {
  const index = new ByScope(grants);
  const openedBy = new Map<R, R[]>();
  for (const [scope, same] of index.scopes) {
    const [first] = same as [R];
    if (same.some(({ grantee }) => grantee !== first.grantee)) continue;
    for (const grant of index.above(scope)) {
      if (grant.grantee !== first.grantee) append(openedBy, grant, first);
    }
  }
  return [...openedBy].map(([by, opened]) => ({ by, opened }));
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** The scope of a grant: the location's scope followed by the sub-prefix. */
export function grantScope(locationScope: string, subPrefix: string): string {
  return `${locationScope}${locationScope.endsWith("/") ? "" : "/"}${subPrefix}`;
}
