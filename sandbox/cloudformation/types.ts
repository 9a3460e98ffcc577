import { z } from "zod";
import type { Request } from "./resources";

/** What a template says of a resource: what makes it this one, and the requests that make and unmake it. */
export interface Described {
  readonly identity: string;
  readonly make: Request;
  readonly unmake: Request;
}

const identifier = z.string().min(1);
const user = z.strictObject({ UserIdentifier: identifier });
const group = z.strictObject({ GroupIdentifier: identifier });

const MEMBERSHIP = z
  .strictObject({
    DomainIdentifier: identifier,
    ProjectIdentifier: identifier,
    Designation: identifier,
    Member: z.union([user, group]),
  })
  .transform(({ DomainIdentifier, ProjectIdentifier, Designation, Member }): Described => {
    const path = (action: string) =>
      `/v2/domains/${encodeURIComponent(DomainIdentifier)}/projects/${encodeURIComponent(ProjectIdentifier)}/${action}`;
    const member = named(Member);
    return {
      identity: JSON.stringify([DomainIdentifier, ProjectIdentifier, member]),
      make: { path: path("createMembership"), input: { designation: Designation, member } },
      unmake: { path: path("deleteMembership"), input: { member } },
    };
  });

const POLICY_GRANT = z
  .strictObject({
    DomainIdentifier: identifier,
    EntityType: identifier,
    EntityIdentifier: identifier,
    PolicyType: z.literal("ADD_TO_PROJECT_MEMBER_POOL"),
    Detail: z.strictObject({
      AddToProjectMemberPool: z.strictObject({ IncludeChildDomainUnits: z.boolean().optional() }),
    }),
    Principal: z.union([z.strictObject({ User: user }), z.strictObject({ Group: group })]),
  })
  .transform(({ DomainIdentifier, EntityType, EntityIdentifier, PolicyType, Detail, Principal }): Described => {
    const path = (action: string) =>
      `/v2/domains/${encodeURIComponent(DomainIdentifier)}/policies/managed/${EntityType}/${EntityIdentifier}/${action}`;
    const principal = "User" in Principal ? { user: named(Principal.User) } : { group: named(Principal.Group) };
    const grant = { policyType: PolicyType, principal };
    const includeChildDomainUnits = Detail.AddToProjectMemberPool.IncludeChildDomainUnits;
    return {
      identity: JSON.stringify([DomainIdentifier, EntityType, EntityIdentifier, grant]),
      make: {
        path: path("addGrant"),
        input: { ...grant, detail: { addToProjectMemberPool: { includeChildDomainUnits } } },
      },
      unmake: { path: path("removeGrant"), input: grant },
    };
  });

/**
 * The resource types that the sandbox makes, with their properties. Of the policies that a grant can be of, the one
 * that this product grants.
 */
export const TYPES: Readonly<Record<string, z.ZodType<Described>>> = {
  "AWS::DataZone::ProjectMembership": MEMBERSHIP,
  "AWS::DataZone::PolicyGrant": POLICY_GRANT,
};

const named = (who: z.infer<typeof user> | z.infer<typeof group>) =>
  "UserIdentifier" in who ? { userIdentifier: who.UserIdentifier } : { groupIdentifier: who.GroupIdentifier };
