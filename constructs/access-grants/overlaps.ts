/** What one grant reaches: `s3://bucket/prefix*` or, without the `*`, one object. */
export interface Reach {
  readonly scope: string;
  /** Who has it; two grants of one grantee agree in it. */
  readonly grantee: string;
}

/** A grant that reaches into what others have for themselves. */
export interface Opening<R extends Reach> {
  readonly by: R;
  readonly opened: readonly R[];
}

const isOpen = ({ scope }: Reach): boolean => scope.endsWith("*");
const start = (scope: string): string => (scope.endsWith("*") ? scope.slice(0, -1) : scope);

/**
 * Finds the private scopes, those that are granted by name to one grantee alone, that a broader grant of someone else opens.
 *
 * Looks each scope's possible parents up instead of comparing every pair: what it costs grows with the number of grants and
 * with the number of different lengths of their scopes.
 */
export function openings<R extends Reach>(grants: readonly R[]): Opening<R>[] {
  const byScope = new Map<string, R[]>();
  for (const grant of grants) append(byScope, grant.scope, grant);
  const lengths = [...new Set(grants.filter(isOpen).map((grant) => start(grant.scope).length))].sort((a, b) => a - b);
  const openedBy = new Map<R, R[]>();
  for (const [scope, same] of byScope) {
    const [first] = same as [R];
    if (same.some(({ grantee }) => grantee !== first.grantee)) continue;
    for (const parent of parents(scope, lengths)) {
      for (const grant of byScope.get(parent) ?? []) {
        if (grant.grantee !== first.grantee) append(openedBy, grant, first);
      }
    }
  }
  return [...openedBy].map(([by, opened]) => ({ by, opened }));
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** The open scopes, of the lengths that there are, that cover a scope other than itself. */
function* parents(scope: string, lengths: readonly number[]): Generator<string> {
  const own = start(scope);
  for (const length of lengths) {
    if (length > own.length) return;
    const parent = `${own.slice(0, length)}*`;
    if (parent !== scope) yield parent;
  }
}

/** The scope of a grant: the location's scope followed by the sub-prefix. */
export function grantScope(locationScope: string, subPrefix: string): string {
  return `${locationScope}${locationScope.endsWith("/") ? "" : "/"}${subPrefix}`;
}
