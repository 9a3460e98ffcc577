import { existing, mapOf, object, optional, type PropsOf, type Resolved, rule, text } from "../inputs";
import { domainId, projectId } from "../shared/datazone";
import { naming } from "../shared/names";

/** Someone who becomes a member of a project. */
const member = object({
  /** Id of the project. */
  projectId,
  /** ARN of an IAM role or user, or id of a user or group of the domain. */
  identifier: text(rule.matches(/^\S+$/, "must be an ARN or an id without blanks")),
  /**
   * Which field of the API takes the identifier. Public examples differ on where a role's ARN belongs.
   * @default "user"
   */
  type: optional(text(rule.oneOf("user", "group")), "user"),
  /**
   * What the member may do: PROJECT_OWNER, PROJECT_CONTRIBUTOR, PROJECT_CATALOG_VIEWER, PROJECT_CATALOG_CONSUMER,
   * PROJECT_CATALOG_STEWARD, or a designation of the domain's own.
   * @default "PROJECT_CONTRIBUTOR"
   */
  designation: optional(
    text(rule.matches(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -, e.g. PROJECT_CONTRIBUTOR")),
    "PROJECT_CONTRIBUTOR",
  ),
});
/** With its defaults. */
export type Member = Resolved<typeof member>;

export const projectMembershipInputs = object({
  ...naming,
  /** The Amazon DataZone domain. */
  domain: object({ id: domainId }),
  /** Members by a name that stays: a change touches that one alone. */
  members: mapOf(
    member,
    rule.keysMatch(
      /^[A-Za-z0-9-]{1,60}$/,
      "must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names",
    ),
  ),
  /**
   * Makes the memberships, one CloudFormation stack each. Whoever deploys, or the deployment role, must own the project or its
   * domain unit; the domain's execution role needs `iam:GetRole` and `iam:GetUser`; and the policy
   * ADD_TO_PROJECT_MEMBER_POOL must be granted on every domain unit above the project. Otherwise DataZone answers 403.
   * @default - not made: `commands` says what to run
   */
  cloudFormation: optional(
    object({
      /**
       * Role that CloudFormation acts as.
       * @default - whoever deploys
       */
      role: optional(existing),
    }),
  ),
});
export type ProjectMembershipProps = PropsOf<typeof projectMembershipInputs>;
