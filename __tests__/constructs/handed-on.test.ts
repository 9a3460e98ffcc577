import { synthesizeAll } from "../../constructs/publishing/definitions";
import type { SynthesizedModule } from "../../constructs/publishing/synthesize";
import type { AnyInput } from "../../constructs/inputs";
import * as path from "node:path";

// Whoever calls a composition can say all that the callers of its parts can.

/** What a composition says to its parts itself, in alphabetical order, and why nobody else has a say in it. */
const OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "access-grants": {
    "persona-grants.accountId": "its own account",
    "persona-grants.locationIds": "made of `locations` and `existingLocations`",
  },
  "studio-access": {
    "access-grants.after": "what has to be there before its grants is its own",
    "access-grants.crossAccount":
      "other accounts' principals do not work in this domain: access-grants by itself serves them",
    "access-grants.existingLocations": "`existingLocation`",
    "access-grants.locations": "the data bucket",
    "studio-domain.accessGrantsInstance": "its own instance, or `existingInstance`",
    "studio-domain.after": "what has to be there before its domain is its own",
    "studio-domain.profiles": "made of `personas`",
  },
  "subscription-approval": {
    "approver.eventRules": "its own rules",
    "event-rule.after": "rules come after the check of the policies",
    "notification-topic.eventRules": "its own rules",
    "notification-topic.publishers": "its own approver",
    "project-membership.cloudFormation": "`membership`",
    "project-membership.members": "its own approver",
    "project-membership.userProfiles": "`membership`",
  },
};

/** Names of an input's fields, and of the fields of what is in it. */
const namesIn = ({ fields = {}, of }: AnyInput): string[] => [
  ...Object.entries(fields).flatMap(([name, field]) => [name, ...namesIn(field)]),
  ...(of ? namesIn(of) : []),
];

test("a composition takes what its parts take, or says it to them itself", async () => {
  const modules = new Map((await synthesizeAll()).map((module) => [module.definition.name, module]));
  const partsOf = ({ things }: SynthesizedModule): SynthesizedModule[] =>
    [
      ...new Set(
        things.filter(({ kind }) => kind === "module").map(({ body }) => path.basename(String(body["source"]))),
      ),
    ]
      .sort()
      .map((name) => modules.get(name)!);
  const own = [...modules.values()].flatMap((composition) => {
    const taken = new Set(namesIn(composition.definition.inputs));
    return partsOf(composition).flatMap((part) =>
      Object.keys(part.definition.inputs.fields ?? {})
        .filter((name) => !taken.has(name))
        .map((name) => `${composition.definition.name}: ${part.definition.name}.${name}`),
    );
  });
  const said = Object.entries(OWN).flatMap(([composition, names]) =>
    Object.keys(names).map((name) => `${composition}: ${name}`),
  );
  expect(own.sort()).toEqual(said);
});
