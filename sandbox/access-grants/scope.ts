/** READ, WRITE or both, as S3 Access Grants names them. */
export const PERMISSIONS = ["READ", "WRITE", "READWRITE"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** A set of keys in one bucket: the one key `key`, or, with `open`, every key that starts with it. */
export interface Scope {
  readonly bucket: string;
  readonly key: string;
  readonly open: boolean;
}

const S3_URI = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s;

/**
 * The keys that `s3://bucket/key`, `s3://bucket/prefix*` or `s3://bucket/prefix/*` stands for; undefined where it is
 * none of these. Only a `*` at the very end is a wildcard; elsewhere it is a character of a key.
 */
export function parseScope(uri: string): Scope | undefined {
  const [, bucket, rest = ""] = S3_URI.exec(uri) ?? [];
  if (bucket === undefined) return undefined;
  const open = rest.endsWith("*");
  return { bucket, key: open ? rest.slice(0, -1) : rest, open };
}

/** Whether every key of `inner` is one of `outer`. */
export function covers(outer: Scope, inner: Scope): boolean {
  if (outer.bucket !== inner.bucket) return false;
  return outer.open ? inner.key.startsWith(outer.key) : !inner.open && inner.key === outer.key;
}

/**
 * Whether a grant of the permission `granted` answers a request for `wanted`. READ and WRITE of two grants are not
 * READWRITE.
 */
export function permits(granted: Permission, wanted: Permission): boolean {
  return granted === "READWRITE" || granted === wanted;
}

/**
 * The scope of a grant: the location's scope followed by the sub-prefix
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_AccessGrantsLocationConfiguration.html). A grant without
 * a sub-prefix reaches everything in its location.
 */
export function grantScope(locationScope: string, subPrefix: string | undefined): string {
  const base = locationScope.replace(/\*$/, "");
  const isBucket = /^s3:\/\/[^/]+$/.test(base);
  if (subPrefix === undefined) return `${base}${isBucket ? "/" : ""}*`;
  const isJoined = base.endsWith("/") || locationScope.endsWith("*");
  return `${base}${isJoined ? "" : "/"}${subPrefix}`;
}

/**
 * The grant that answers a request: of those that cover the target with the permission, the one with the narrowest
 * scope, so that credentials reach no further than they must; of equals, the one that grants least, then the oldest.
 */
export function bestGrant<Grant extends { readonly scope: Scope; readonly Permission: Permission }>(
  grants: Iterable<Grant>,
  target: Scope,
  permission: Permission,
): Grant | undefined {
  let best: Grant | undefined;
  for (const grant of grants) {
    if (!covers(grant.scope, target) || !permits(grant.Permission, permission)) continue;
    if (best === undefined || rank(grant) > rank(best)) best = grant;
  }
  return best;
}

function rank({ scope, Permission }: { scope: Scope; Permission: Permission }): number {
  return 4 * scope.key.length + (scope.open ? 0 : 2) + (Permission === "READWRITE" ? 0 : 1);
}
