import { isKnown, type Relation, rule } from "../inputs";

/** Names of jobs and logs begin with a profile and a hyphen, which must say whose they are; names of roles are in lower case. */
export const namesApart = <K extends string>(
  about: K,
  profile: object,
): Relation<Readonly<Record<K, Readonly<Record<string, unknown>>>>> =>
  rule.relation({
    about,
    says: "names must differ in more than case, and none may begin with another and a hyphen (user, user-a), because names of jobs and logs begin so",
    problems: ({ [about]: all }) => {
      const names = isKnown(all) ? Object.keys(all) : [];
      return names.flatMap((name, i) => {
        const low = name.toLowerCase();
        const same = names.slice(0, i).find((other) => other.toLowerCase() === low);
        const first = names.find((other) => low.startsWith(`${other.toLowerCase()}-`));
        return [
          ...(same ? [`${about}.${name}: must differ from ${same} in more than case; ARNs and roles do not`] : []),
          ...(first
            ? [
                `${about}.${name}: must not begin with ${first}- while there is ${first}, whose jobs and logs begin so; name one otherwise`,
              ]
            : []),
        ];
      });
    },
    condition: (props) => {
      const names = `keys(${props}.${about})`;
      const lower = `[for name in ${names} : lower(name)]`;
      // Not each name beside each other: of a thousand that would be a million.
      const beginnings = `flatten([for name in ${lower} : [for i in range(1, length(split("-", name))) : join("-", slice(split("-", name), 0, i))]])`;
      return `length(distinct(${lower})) == length(${names}) && length(setintersection(${lower}, ${beginnings})) == 0`;
    },
    broken: { [about]: { user: profile, "user-a": profile } },
  });
