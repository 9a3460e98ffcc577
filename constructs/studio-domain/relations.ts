import { isKnown, type Relation, rule } from "../inputs";
import { namesApart } from "./profile-names";

interface Profile {
  readonly role?: object | undefined;
  readonly singleSignOn?: object | undefined;
}
interface Around {
  readonly name: string;
  readonly rolePrefix?: string | undefined;
  readonly authMode: string;
}
type Props<K extends string> = Around & Readonly<Record<K, Readonly<Record<string, Profile>>>>;

/** Longest name of a role, in characters (CreateRole of the IAM API). */
const IAM_NAME = 64;

/** Name of a profile's role, or of the domain's own. */
export const roleName = (prefix: string, profile: string): string => `${prefix}-${profile.toLowerCase()}-role`;

/**
 * The rules between profiles and their domain.
 *
 * @param about the prop that holds the profiles: `profiles`, or `personas` in StudioAccess
 * @param required further fields that each profile must have there, for the examples that break a rule
 */
export function profileRelations<K extends string>(about: K, required: object = {}): Array<Relation<Props<K>>> {
  const problems = (wrong: (key: string, profile: Profile, around: Around) => string | undefined) => {
    return (props: Props<K>): string[] => {
      const profiles = props[about];
      if (!isKnown(profiles)) return [];
      return Object.entries(profiles).flatMap(([key, profile]) => {
        const says = wrong(key, profile, props);
        return says === undefined ? [] : [`${about}.${key}${says}`];
      });
    };
  };
  const keys = (props: string, wrong: string): string => `[for key, profile in ${props}.${about} : key if ${wrong}]`;
  return [
    namesApart(about, required),
    rule.relation({
      about,
      says: `each one without a role gets a role named <role prefix>-<key>-role, which must have at most ${IAM_NAME} characters: give a shorter rolePrefix`,
      problems: problems((key, { role }, { name, rolePrefix }) => {
        const prefix = rolePrefix ?? name;
        const named = roleName(prefix, key);
        return role !== undefined || !isKnown(prefix) || named.length <= IAM_NAME
          ? undefined
          : `: its role would be named ${named}, which is longer than the ${IAM_NAME} characters that IAM allows; give a shorter rolePrefix`;
      }),
      wrong: (props) =>
        keys(
          props,
          `profile.role == null && length("\${coalesce(${props}.role_prefix, ${props}.name)}-\${key}-role") > ${IAM_NAME}`,
        ),
      broken: { name: "n".repeat(40), [about]: { ["p".repeat(31)]: required } },
    }),
    rule.relation({
      about,
      says: "each must have singleSignOn if authMode is SSO, and must not have it otherwise",
      problems: problems((_key, { singleSignOn }, { authMode }) => {
        if (!isKnown(authMode) || (singleSignOn !== undefined) === (authMode === "SSO")) return undefined;
        return singleSignOn === undefined
          ? ": must have singleSignOn, because people sign in with it when authMode is SSO"
          : ".singleSignOn: must be left out unless authMode is SSO";
      }),
      wrong: (props) => keys(props, `(profile.single_sign_on != null) != (${props}.auth_mode == "SSO")`),
      broken: { [about]: { userA: { singleSignOn: { userName: "someone" }, ...required } } },
    }),
  ];
}
