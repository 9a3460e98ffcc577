import { isKnown, type Relation, rule } from "../inputs";

/**
 * Names of jobs and of log streams begin with a profile's name and a hyphen. That must tell whose they are, so no profile's name may begin with
 * another's and a hyphen; and names of roles are in lower case.
 */
export const namesApart = <K extends string>(
  about: K,
  profile: object,
): Relation<Readonly<Record<K, Readonly<Record<string, unknown>>>>> =>
  rule.relation({
    about,
    says: "names must differ in more than case, and none may begin with another name and a hyphen (user and user-a): names of jobs and logs begin with the profile's name and a hyphen, and would be taken for the other's",
    problems: ({ [about]: all }) => {
      const names = isKnown(all) ? Object.keys(all) : [];
      return names.flatMap((name, i) => {
        const low = name.toLowerCase();
        const same = names.slice(0, i).find((other) => other.toLowerCase() === low);
        const first = names.find((other) => low.startsWith(`${other.toLowerCase()}-`));
        return [
          ...(same
            ? [
                `${about}.${name}: must differ from ${same} in more than case, because SageMaker's ARNs and the roles' names are in lower case; rename one`,
              ]
            : []),
          ...(first
            ? [
                `${about}.${name}: must not begin with ${first}- while there is ${first}, because names of ${first}'s jobs and logs begin with ${first}- too; rename one`,
              ]
            : []),
        ];
      });
    },
    wrong: (props) => {
      const names = `keys(${props}.${about})`;
      const lower = `[for name in ${names} : lower(name)]`;
      // Not each name beside each other: of a thousand that would be a million.
      const beginnings = `flatten([for name in ${lower} : [for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))]])`;
      const same = rule.repeatedIn(`for name in ${names}`, "lower(name)", "name");
      return `concat(${same}, tolist(setintersection(${lower}, ${beginnings})))`;
    },
    broken: { [about]: { user: profile, "user-a": profile } },
  });
