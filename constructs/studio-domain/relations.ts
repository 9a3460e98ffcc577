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

/** As many as IAM takes in the name of a role (CreateRole of the IAM API). */
const IAM_NAME = 64;

/** Names of the roles, a profile's and the domain's own. */
export const roleName = (prefix: string, profile: string): string => `${prefix}-${profile.toLowerCase()}-role`;

/**
 * The rules between profiles and their domain.
 *
 * @param about what profiles are called there
 * @param required what each has to have beside
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
      says: `each without a role of its own must have a key with which <role prefix>-<key>-role, its role, has at most ${IAM_NAME} characters: give a shorter rolePrefix`,
      problems: problems((key, { role }, { name, rolePrefix }) => {
        const prefix = rolePrefix ?? name;
        const named = roleName(prefix, key);
        return role !== undefined || !isKnown(prefix) || named.length <= IAM_NAME
          ? undefined
          : `: its role would be named ${named}, and IAM allows ${IAM_NAME} characters; give a shorter rolePrefix`;
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
      says: "each must have singleSignOn where authMode is SSO, and none elsewhere",
      problems: problems((_key, { singleSignOn }, { authMode }) => {
        if (!isKnown(authMode) || (singleSignOn !== undefined) === (authMode === "SSO")) return undefined;
        return singleSignOn === undefined
          ? ": must have singleSignOn, by which people come in where authMode is SSO"
          : ".singleSignOn: needs authMode SSO; leave it out, or change the domain's authMode";
      }),
      wrong: (props) => keys(props, `(profile.single_sign_on != null) != (${props}.auth_mode == "SSO")`),
      broken: { [about]: { userA: { singleSignOn: { userName: "someone" }, ...required } } },
    }),
  ];
}
