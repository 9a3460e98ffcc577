import { isKnown, type PropsOf } from "../inputs";
import type { profile } from "./props";

type Profile = PropsOf<typeof profile>;

/** What cannot be said of one profile by itself. */
export function wrongProfiles(
  authMode: string,
  rolePrefix: string,
  profiles: Readonly<Record<string, Profile>>,
): string[] {
  if (!isKnown(profiles)) return [];
  return Object.entries(profiles).flatMap(([key, { role, singleSignOn }]) => {
    const name = `${rolePrefix}-${key.toLowerCase()}-role`;
    return [
      ...(!role && isKnown(rolePrefix) && name.length > 64
        ? [`profiles.${key}: its role would be named ${name}, and IAM allows 64 characters; give a shorter rolePrefix`]
        : []),
      ...(singleSignOn && isKnown(authMode) && authMode !== "SSO"
        ? [`profiles.${key}.singleSignOn: needs authMode SSO; leave it out, or change the domain's authMode`]
        : []),
    ];
  });
}
