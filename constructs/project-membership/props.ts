import {
  didYouMean,
  existing,
  isKnown,
  mapOf,
  object,
  optional,
  type PropsOf,
  type Resolved,
  rule,
  snake,
  text,
} from "../inputs";
import { domainId, domainUnitId, projectId } from "../shared/datazone";
import { naming } from "../shared/names";

const userCreatedDesignationId = text(
  rule.matches(/^[a-zA-Z0-9_-]{1,36}$/, "must be the id of a designation: 1 to 36 letters, digits, _ and -"),
);

const principal = text(rule.matches(/^\S+$/, "must be an ARN or an id without blanks"));

/** Which user, role or group. */
const identified = {
  /** ARN of an IAM role or user, or id of a user or group of the domain. */
  identifier: principal,
  /**
   * The entry of `userProfiles` for the same role or user: its profile's id is then sent to DataZone in place of `identifier`.
   * @default - `identifier` is sent
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

/** Keys of entries that each become a CloudFormation stack. */
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
   * Whether DataZone gets the identifier as a `user` or as a `group` (`userIdentifier` or `groupIdentifier`). Public examples disagree on
   * which of the two takes the ARN of a role.
   * @default "user"
   */
  type: optional(text(rule.oneOf("user", "group")), "user"),
  /**
   * What the member may do: one of DataZone's own designations.
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
   * A designation that the domain's owners created, by its id, in place of `designation` (DataZone's `USER_CREATED_DESIGNATION`). Works only
   * without `cloudFormation`, through the output `commands`: CloudFormation has no property for it.
   * @default - none: `designation` applies
   */
  userCreatedDesignation: optional(object({ id: userCreatedDesignationId })),
});
/** With its defaults. */
export type Member = Resolved<typeof member>;

/** Someone who may be added to projects of a domain unit and of all units below it (policy ADD_TO_PROJECT_MEMBER_POOL). */
const memberPool = object({
  /** Id of the domain unit. */
  domainUnitId,
  ...identified,
  /**
   * Whether `identifier` is a `user` or a `group`; a role counts as a user.
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
  "CloudFormation has no property for a user-created designation: leave out cloudFormation, and run the output commands";

/** AWS::DataZone::ProjectMembership accepts DataZone's own designations only. */
const madeByCloudFormation = rule.relation<Props>({
  about: "members",
  says: NO_SUCH_PROPERTY,
  problems: ({ cloudFormation, members }) =>
    cloudFormation === undefined || !isKnown(cloudFormation) || !isKnown(members)
      ? []
      : Object.entries(members)
          .filter(([, { userCreatedDesignation }]) => userCreatedDesignation !== undefined)
          .map(([key]) => `members.${key}.userCreatedDesignation: ${NO_SUCH_PROPERTY}`),
  wrong: (props) =>
    `[for key, member in ${props}.members : key if ${props}.cloud_formation != null && member.user_created_designation != null]`,
  broken: {
    cloudFormation: {},
    members: {
      example: { projectId: "5yw1mwl0k9d3sh", identifier: "someone", userCreatedDesignation: { id: "steward" } },
    },
  },
});

const NO_SUCH_PROFILE = "must be a key of userProfiles, and only where type is user: groups have no profile";

/** A user profile that is referred to must be created here. */
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
            .map(([key, { userProfile, type }]) => {
              const given = userProfile!.key;
              const known = Object.keys(userProfiles);
              return `${about}.${key}.userProfile.key: ${NO_SUCH_PROFILE} (given: "${given}" of the type ${type}, keys: ${known.join(", ")})${didYouMean(given, known)}`;
            }),
    wrong: (props) => {
      const isRight = `entry.user_profile == null || (entry.type == "user" && contains(keys(${props}.user_profiles), try(entry.user_profile.key, "")))`;
      return `[for key, entry in ${props}.${snake(about)} : "\${key} (\${try(entry.user_profile.key, "")})" if !(${isRight})]`;
    },
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

const POOLS_NEED_IT =
  "must be left out without cloudFormation, which makes these policy grants: give cloudFormation, or grant them by hand";

/** Only CloudFormation can make these grants; the AWS provider has no resource for them. */
const poolsByCloudFormation = rule.relation<Props>({
  about: "memberPools",
  says: POOLS_NEED_IT,
  problems: ({ cloudFormation, memberPools }) =>
    cloudFormation !== undefined || !isKnown(memberPools) || Object.keys(memberPools).length === 0
      ? []
      : [`memberPools: ${POOLS_NEED_IT}`],
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
    /** Members of projects, by a key of your choice that does not change later. Changing one touches no other. */
    members: mapOf(member, stackKeys),
    /**
     * User profiles to make in the domain before the memberships, by a key of your choice that does not change later. DataZone makes the
     * profile of a role by itself when the role is first named; a profile created here exists earlier, and a member can refer to it by
     * `members.*.userProfile`.
     * @default - none
     */
    userProfiles: optional(
      mapOf(
        object({
          /** ARN of the IAM role or user. */
          identifier: principal,
          /**
           * Whether the identifier is an IAM role or an IAM user.
           * @default "IAM_ROLE"
           */
          type: optional(text(rule.oneOf("IAM_ROLE", "IAM_USER")), "IAM_ROLE"),
        }),
        rule.keysMatch(/^[A-Za-z0-9-]{1,60}$/, "must have keys of 1 to 60 letters, digits and hyphens"),
      ),
      {},
    ),
    /**
     * Grants of DataZone's policy ADD_TO_PROJECT_MEMBER_POOL on domain units and all units below them, by a key of your choice that does not
     * change later. Memberships need them, so they are made first, and only with `cloudFormation`. Whoever deploys must own the domain unit.
     * @default - none: the policy is granted already
     */
    memberPools: optional(mapOf(memberPool, stackKeys), {}),
    /**
     * Makes the memberships, one CloudFormation stack each. Whoever deploys, or `role`, must own the project or its domain unit; the
     * domain's execution role needs `iam:GetRole` and `iam:GetUser`; and the policy ADD_TO_PROJECT_MEMBER_POOL must be granted on every
     * domain unit above the project. Otherwise DataZone answers 403.
     * @default - no membership is made: run the commands of the output `commands`
     */
    cloudFormation: optional(
      object({
        /**
         * Role that CloudFormation assumes to make the memberships.
         * @default - CloudFormation uses the credentials of whoever deploys
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
