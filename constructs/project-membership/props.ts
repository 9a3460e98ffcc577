import { existing, isKnown, mapOf, object, optional, type PropsOf, type Resolved, rule, text } from "../inputs";
import { domainId, projectId } from "../shared/datazone";
import { naming } from "../shared/names";

const userCreatedDesignationId = text(
  rule.matches(/^[a-zA-Z0-9_-]{1,36}$/, "must be the id of a designation: 1 to 36 letters, digits, _ and -"),
);

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
   * What the member may do: one of the service's own designations.
   * @default "PROJECT_CONTRIBUTOR"
   */
  designation: optional(
    text(
      rule.oneOf(
        "PROJECT_OWNER",
        "PROJECT_CONTRIBUTOR",
        "PROJECT_CATALOG_VIEWER",
        "PROJECT_CATALOG_CONSUMER",
        "PROJECT_CATALOG_STEWARD",
      ),
    ),
    "PROJECT_CONTRIBUTOR",
  ),
  /**
   * Designation of the domain's own, by its id, instead of one of the service's (`USER_CREATED_DESIGNATION`). Only the command can
   * give it: CloudFormation has no property for it.
   * @default - none: `designation` holds
   */
  userCreatedDesignation: optional(object({ id: userCreatedDesignationId })),
});
/** With its defaults. */
export type Member = Resolved<typeof member>;

interface Props {
  readonly cloudFormation?: object;
  readonly members: Readonly<Record<string, { readonly userCreatedDesignation?: object }>>;
}

const NO_SUCH_PROPERTY =
  "CloudFormation has no property for a user-created designation: leave out cloudFormation, and run what commands says";

/** AWS::DataZone::ProjectMembership takes the service's own designations alone. */
export const madeByCloudFormation = rule.relation<Props>({
  about: "members",
  says: NO_SUCH_PROPERTY,
  problems: ({ cloudFormation, members }) =>
    cloudFormation === undefined || !isKnown(cloudFormation) || !isKnown(members)
      ? []
      : Object.entries(members)
          .filter(([, { userCreatedDesignation }]) => userCreatedDesignation !== undefined)
          .map(([key]) => `members.${key}.userCreatedDesignation: ${NO_SUCH_PROPERTY}`),
  condition: (props) =>
    `${props}.cloud_formation == null || alltrue([for member in values(${props}.members) : member.user_created_designation == null])`,
});

export const projectMembershipInputs = object(
  {
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
        role: optional(existing.role),
      }),
    ),
  },
  madeByCloudFormation,
);
export type ProjectMembershipProps = PropsOf<typeof projectMembershipInputs>;
