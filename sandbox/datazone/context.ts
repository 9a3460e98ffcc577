import type { EventBridgeEvent } from "../service";
import type { Behaviour } from "./behaviour";
import { denied, found } from "./errors";
import { type Domain, type Membership, type Project, type UserProfile, newProfileId } from "./store";

/** A call on its way through an operation: who calls, when, and what it may touch. */
export interface Context {
  readonly domains: Map<string, Domain>;
  readonly behaviour: Behaviour;
  /** The caller's IAM principal: of an assumed role the role, otherwise the user. */
  readonly principal: string;
  /** The account's administrator acts as owner of every domain, and is a member only where somebody made it one. */
  readonly isAdministrator: boolean;
  readonly now: Date;
  readonly account: string;
  readonly region: string;
  /** Puts an event on the account's bus, without waiting for it. */
  readonly emit: (event: EventBridgeEvent) => void;
  /** Does something later as the service itself. */
  readonly later: (milliseconds: number, action: (context: Context) => void) => void;
}

/** An input after the validation: members that the model requires are there. */
export type Checked<T> = T extends { $unknown: [string, unknown] }
  ? never
  : T extends Date | Uint8Array
    ? T
    : T extends readonly (infer E)[]
      ? Checked<E>[]
      : T extends object
        ? {
            [K in keyof T]: Record<never, never> extends Pick<T, K> ? Checked<T[K]> : Checked<Exclude<T[K], undefined>>;
          }
        : T;

export type Output<T> = Omit<T, "$metadata">;

export type Operation<I, O> = (input: Checked<I>, context: Context) => Output<O>;

export const domainOf = (context: Context, id: string): Domain => found(context.domains, "Domain", id);

export const isDomainOwner = (context: Context, domain: Domain): boolean =>
  context.isAdministrator ||
  context.principal === domain.owner ||
  domain.owners.has(findProfile(domain, context.principal)?.id ?? "");

/** The profile of an IAM principal's ARN, a profile's id or a directory user's name. */
export function findProfile(domain: Domain, identifier: string): UserProfile | undefined {
  return (
    domain.profiles.get(identifier) ??
    [...domain.profiles.values()].find(
      ({ details }) => details.iam?.arn === identifier || details.sso?.username === identifier,
    )
  );
}

/** A user's profile; made the first time the user appears, as the service does for IAM principals. */
export function profileOf(domain: Domain, identifier: string): UserProfile {
  const existing = findProfile(domain, identifier);
  if (existing) return existing;
  const isPrincipal = identifier.startsWith("arn:");
  const profile: UserProfile = {
    domainId: domain.id,
    id: newProfileId(),
    type: isPrincipal ? "IAM" : "SSO",
    details: isPrincipal ? { iam: { arn: identifier } } : { sso: { username: identifier } },
    status: isPrincipal ? "ACTIVATED" : "ASSIGNED",
  };
  domain.profiles.set(profile.id, profile);
  return profile;
}

export const callerProfile = (context: Context, domain: Domain): UserProfile => profileOf(domain, context.principal);

export function membershipOf(domain: Domain, project: Project, principal: string): Membership | undefined {
  const profile = findProfile(domain, principal);
  return (profile && project.memberships.get(profile.id)) ?? project.memberships.get(principal);
}

/** Who may publish a project's data and decide on requests for it. */
export const CONTRIBUTORS = ["PROJECT_OWNER", "PROJECT_CONTRIBUTOR"] as const;
/** The designation of members whose own designation was made with CreateDesignation. */
export const USER_CREATED = "USER_CREATED_DESIGNATION";
export const OWNERS = ["PROJECT_OWNER"] as const;

/** Whether the caller is a member with one of the designations (any: every designation), or owns the domain. */
export function mayActFor(
  context: Context,
  domain: Domain,
  project: Project | undefined,
  designations: readonly string[] | "any",
): boolean {
  if (isDomainOwner(context, domain)) return true;
  const membership = project && membershipOf(domain, project, context.principal);
  if (membership === undefined) return false;
  if (designations === "any") return true;
  const isLikeContributor =
    membership.designation === USER_CREATED && context.behaviour.createdDesignations === "like contributors";
  return designations.includes(isLikeContributor ? "PROJECT_CONTRIBUTOR" : membership.designation);
}

/** @throws ApiError AccessDeniedException, in the words that the service uses */
export function demand(isAllowed: boolean, context: Context, action: string): void {
  if (!isAllowed) throw denied(`User is not permitted to perform operation: ${action} (${context.principal})`);
}

/** A domain that the caller must own. */
export function ownedDomain(context: Context, id: string, action: string): Domain {
  const domain = domainOf(context, id);
  demand(isDomainOwner(context, domain), context, action);
  return domain;
}

/** A project that the caller must be a member of, with one of the designations. */
export function projectFor(
  context: Context,
  domain: Domain,
  projectId: string,
  designations: readonly string[] | "any",
  action: string,
): Project {
  const project = found(domain.projects, "Project", projectId);
  demand(mayActFor(context, domain, project, designations), context, action);
  return project;
}
