import { existing, isKnown, mapOf, object, optional, type PropsOf, type Resolved, rule, snake, text } from "../inputs";
import { domainId, domainUnitId, projectId } from "../shared/datazone";
import { naming } from "../shared/names";

const userCreatedDesignationId = text(
  rule.matches(/^[a-zA-Z0-9_-]{1,36}$/, "must be the id of a designation: 1 to 36 letters, digits, _ and -"),
);

const principal = text(rule.matches(/^\S+$/, "must be an ARN or an id without blanks"));

/** Who is meant. */
const identified = {
  /** ARN of an IAM role or user, or id of a user or group of the domain. */
  identifier: principal,
  /**
   * The user profile that this is: then it goes by the profile's id instead of the identifier.
   * @default - by the identifier
   */
  userProfile: optional(
    object({
      /** Its key in `userProfiles`. */
      key: text(),
    }),
  ),
};
export interface Identified {
  readonly identifier: string;
  readonly userProfile?: { readonly key: string } | undefined;
}

/** Keys of things that are a CloudFormation stack each. */
export const stackKeys = rule.keysMatch(
  /^[A-Za-z0-9-]{1,60}$/,
  "must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names",
);

/** Someone who becomes a member of a project. */
const member = object({
  /** Id of the project. */
  projectId,
  ...identified,
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

/** Who may be added to the projects of a domain unit, and of all units below it. */
const memberPool = object({
  /** Id of the domain unit. */
  domainUnitId,
  ...identified,
  /**
   * What it is.
   * @default "user"
   */
  type: optional(text(rule.oneOf("user", "group")), "user"),
});
/** With its defaults. */
export type MemberPool = Resolved<typeof memberPool>;

interface Props {
  readonly cloudFormation?: object;
  readonly members: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly userProfile?: { readonly key: string };
        readonly userCreatedDesignation?: object;
      }
    >
  >;
  readonly memberPools: Readonly<
    Record<string, { readonly type: string; readonly userProfile?: { readonly key: string } }>
  >;
  readonly userProfiles: Readonly<Record<string, object>>;
}

const NO_SUCH_PROPERTY =
  "CloudFormation has no property for a user-created designation: leave out cloudFormation, and run what commands says";

/** AWS::DataZone::ProjectMembership takes the service's own designations alone. */
const madeByCloudFormation = rule.relation<Props>({
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
  broken: {
    cloudFormation: {},
    members: {
      example: { projectId: "5yw1mwl0k9d3sh", identifier: "someone", userCreatedDesignation: { id: "steward" } },
    },
  },
});

const NO_SUCH_PROFILE = "must be a key of userProfiles, and of something whose type is user";

/** What goes by a user profile goes by one that is made here. */
const profilesOf = (about: "members" | "memberPools"): ReturnType<typeof rule.relation<Props>> =>
  rule.relation<Props>({
    about,
    says: `userProfile.key ${NO_SUCH_PROFILE}`,
    problems: ({ [about]: entries, userProfiles }) =>
      !isKnown(entries) || !isKnown(userProfiles)
        ? []
        : Object.entries(entries)
            .filter(([, { userProfile }]) => userProfile !== undefined)
            .filter(([, { userProfile, type }]) => !(type === "user" && Object.hasOwn(userProfiles, userProfile!.key)))
            .map(([key]) => `${about}.${key}.userProfile.key: ${NO_SUCH_PROFILE}`),
    condition: (props) =>
      `alltrue([for entry in values(${props}.${snake(about)}) : entry.user_profile == null || (entry.type == "user" && contains(keys(${props}.user_profiles), try(entry.user_profile.key, "")))])`,
    broken:
      about === "members"
        ? { members: { example: { projectId: "5yw1mwl0k9d3sh", identifier: "x", userProfile: { key: "other" } } } }
        : {
            cloudFormation: {},
            memberPools: { example: { domainUnitId: "unit1", identifier: "x", userProfile: { key: "other" } } },
          },
  });
const profilesOfMembers = profilesOf("members");
const profilesOfPools = profilesOf("memberPools");

/** CloudFormation alone can grant them. */
const poolsByCloudFormation = rule.relation<Props>({
  about: "memberPools",
  says: "needs cloudFormation, which makes them",
  problems: ({ cloudFormation, memberPools }) =>
    cloudFormation !== undefined || !isKnown(memberPools) || Object.keys(memberPools).length === 0
      ? []
      : ["memberPools: needs cloudFormation, which makes them"],
  condition: (props) => `${props}.cloud_formation != null || length(${props}.member_pools) == 0`,
  broken: { memberPools: { example: { domainUnitId: "unit1", identifier: "x" } } },
});

/** Of an account and Region, by default (AWS CloudFormation User Guide, "CloudFormation quotas", "Stacks"). */
const MOST_STACKS = 2000;
const TOO_MANY_STACKS = `must be at most ${MOST_STACKS} with memberPools, for each is a stack and an account has ${MOST_STACKS} stacks by default: leave out cloudFormation and run what commands says, or make the rest from another account's state`;

/** The quota can be raised, and other stacks count too: nobody sees either at plan. */
const stacks = rule.relation<Props>({
  about: "members",
  says: TOO_MANY_STACKS,
  problems: ({ cloudFormation, members, memberPools }) => {
    if (cloudFormation === undefined || !isKnown(members) || !isKnown(memberPools)) return [];
    const given = Object.keys(members).length + Object.keys(memberPools).length;
    return given > MOST_STACKS ? [`members: ${TOO_MANY_STACKS} (given: ${given})`] : [];
  },
  condition: (props) =>
    `${props}.cloud_formation == null || length(${props}.members) + length(${props}.member_pools) <= ${MOST_STACKS}`,
  broken: {
    cloudFormation: {},
    members: Object.fromEntries(
      Array.from({ length: MOST_STACKS + 1 }, (_, i) => [
        `example-${i}`,
        { projectId: "5yw1mwl0k9d3sh", identifier: "x" },
      ]),
    ),
  },
});

export const projectMembershipInputs = object(
  {
    ...naming,
    /** The Amazon DataZone domain. */
    domain: object({ id: domainId }),
    /** Members, by a key of your choice that does not change later: a change touches that one alone. */
    members: mapOf(member, stackKeys),
    /**
     * User profiles of the domain to make first, by a key of your choice that does not change later. DataZone makes a role's profile by itself the first time that
     * the role is named; made here, it is there before the membership, which then goes by its id (`members.*.userProfile`).
     * @default - none
     */
    userProfiles: optional(
      mapOf(
        object({
          /** ARN of the IAM role or user. */
          identifier: principal,
          /**
           * What it is.
           * @default "IAM_ROLE"
           */
          type: optional(text(rule.oneOf("IAM_ROLE", "IAM_USER")), "IAM_ROLE"),
        }),
        rule.keysMatch(/^[A-Za-z0-9-]{1,60}$/, "must have keys of 1 to 60 letters, digits and hyphens"),
      ),
      {},
    ),
    /**
     * Grants of the policy ADD_TO_PROJECT_MEMBER_POOL on domain units and all units below them, by a key of your choice that does not change later: made before the
     * memberships, which need them, and only with `cloudFormation`. Whoever makes them must own the domain unit.
     * @default - none: they are granted already
     */
    memberPools: optional(mapOf(memberPool, stackKeys), {}),
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
  profilesOfMembers,
  profilesOfPools,
  poolsByCloudFormation,
  stacks,
);
export type ProjectMembershipProps = PropsOf<typeof projectMembershipInputs>;
