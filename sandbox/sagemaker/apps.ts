import { arnOf } from "./access";
import { NAMES } from "./names";
import { listed, picked } from "./records";
import { type Answers, IN_SERVICE, type State } from "./state";

/** Applications that run in a space or for a user profile; nothing really runs. */
export function appOperations({ model, domains, profiles, spaces, apps }: State): Answers {
  return {
    CreateApp: (input, region) => {
      domains.get(input);
      const { SpaceName, UserProfileName } =
        input["SpaceName"] === undefined ? profiles.get(input).fields : spaces.get(input).fields;
      const place = SpaceName === undefined ? { UserProfileName } : { SpaceName };
      const AppArn = arnOf(region, NAMES.App(input));
      apps.create(AppArn, { ...input, ...place, AppArn, ...IN_SERVICE });
      return { AppArn };
    },
    DescribeApp: (input) => picked(model, "DescribeAppResponse", apps.get(input).fields),
    DeleteApp: (input) => {
      apps.delete(apps.get(input));
      return {};
    },
    ListApps: (input) => {
      const { DomainIdEquals: DomainId, UserProfileNameEquals: UserProfileName, SpaceNameEquals: SpaceName } = input;
      const { entries, ...rest } = listed(
        model,
        "AppDetails",
        apps.all({ DomainId, UserProfileName, SpaceName }),
        input,
      );
      return { Apps: entries, ...rest };
    },
  };
}
