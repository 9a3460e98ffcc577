import type { RoleAccess } from "../control";

/** What roles may do, by their ARNs: pairs of an action and a resource, as their policies have them. */
export type Granted = Readonly<Record<string, readonly (readonly [action: string, resource: string])[]>>;

/**
 * Why roles have grants that they did not use. A grant is written `action resource`, the resource without
 * `arn:…:account:`.
 */
export interface Unused {
  readonly role: RegExp;
  readonly grant: RegExp;
  readonly because: string;
}

/** Why roles are refused things: people, and what acts for them, try what they may not. */
export interface Trying {
  readonly role: RegExp;
  readonly because: string;
}

export interface Exceptions {
  readonly unused: readonly Unused[];
  readonly trying: readonly Trying[];
}

export interface Use {
  readonly role: string;
  readonly granted: number;
  readonly used: number;
}

export interface Compared {
  readonly uses: readonly Use[];
  /** Grants and uses that differ without an exception that says why, and exceptions that nothing needed. */
  readonly differences: readonly string[];
}

/**
 * Compares what roles were granted with what they used, action by action and resource by resource. Both are
 * differences: a grant that nothing used, and something tried that was not granted.
 */
export function compare(granted: Granted, accesses: readonly RoleAccess[], { unused, trying }: Exceptions): Compared {
  const differences: string[] = [];
  const uses: Use[] = [];
  const needed = new Set<Unused | Trying>();
  for (const [arn, grants] of Object.entries(granted)) {
    const role = arn.split("/").at(-1)!;
    const own = accesses.filter(({ roleArn }) => roleArn === arn);
    const allowed = own.filter(({ outcome }) => outcome === "allowed");
    const isUsed = ([action, resource]: readonly [string, string]): boolean =>
      allowed.some((access) => matches(action, access.action, "i") && matches(resource, access.resource));
    const reasons = unused.filter((exception) => exception.role.test(role));
    for (const grant of grants) {
      const text = shown(grant);
      const excepting = reasons.filter((exception) => exception.grant.test(text));
      if (isUsed(grant))
        differences.push(...excepting.map(() => `${role} used what an exception says it does not use: ${text}`));
      else if (excepting.length === 0) differences.push(`${role} did not use: ${text}`);
      excepting.forEach((exception) => needed.add(exception));
    }
    const refused = own.filter(({ outcome }) => outcome === "refused");
    const tries = trying.filter((exception) => exception.role.test(role));
    if (tries.length === 0) {
      differences.push(...refused.map(({ action, resource }) => `${role} was refused: ${shown([action, resource])}`));
    } else if (refused.length > 0) tries.forEach((exception) => needed.add(exception));
    uses.push({ role, granted: grants.length, used: grants.filter(isUsed).length });
  }
  const needless = [...unused, ...trying].filter((exception) => !needed.has(exception));
  return {
    uses,
    differences: [...differences, ...needless.map(({ because }) => `an exception that nothing needs: ${because}`)],
  };
}

/** IAM's wildcards: `*` any characters, slashes too, `?` one. Names of actions are the same in any case. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, `s${flags}`).test(text);
}

const shown = ([action, resource]: readonly [string, string]): string =>
  `${action} ${resource.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, "")}`;
