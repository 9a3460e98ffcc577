import { listed, picked } from "./records";
import { type Answers, IN_SERVICE, type State } from "./state";

/** Applications that run in a space or for a user profile; nothing really runs. */
export function appOperations({ model, domains, profiles, spaces, apps, arn }: State): Answers {
  return {
    CreateApp: (input, region) => {
      domains.get(input);
      if (input["SpaceName"] !== undefined) spaces.get(input);
      else profiles.get(input);
      const owner = input["SpaceName"] ?? input["UserProfileName"];
      const AppArn = arn(
        region,
        `app/${input["DomainId"]}/${owner}/${String(input["AppType"]).toLowerCase()}/${input["AppName"]}`,
      );
      apps.create(AppArn, { ...input, AppArn, ...IN_SERVICE });
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
