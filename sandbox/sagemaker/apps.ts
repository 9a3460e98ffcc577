import type { Surroundings } from "../service";
import { arnOf } from "./access";
import { ExecutionRole } from "./execution-role";
import { NAMES } from "./names";
import { listed, picked } from "./records";
import { type Answers, IN_SERVICE, ownerOf, type State } from "./state";
import { executionRole, type Volumes } from "./volumes";

/** Applications that run in a space or for a user profile; nothing really runs. */
export function appOperations(
  { model, domains, profiles, spaces, apps }: State,
  volumes: Volumes,
  surroundings: Surroundings,
): Answers {
  return {
    CreateApp: async (input, region) => {
      const domain = domains.get(input).fields;
      const { SpaceName, UserProfileName } =
        input["SpaceName"] === undefined ? profiles.get(input).fields : spaces.get(input).fields;
      const place = SpaceName === undefined ? { UserProfileName } : { SpaceName };
      const owner = { ...domain, ...input, UserProfileName: UserProfileName ?? ownerOf(spaces.find(input)) };
      const role = executionRole(domain, profiles.find(owner)?.fields);
      const failure = SpaceName === undefined ? undefined : await volumes.failure(domain["KmsKeyId"], role);
      const AppArn = arnOf(region, NAMES.App(input));
      apps.create(AppArn, {
        ...input,
        ...place,
        AppArn,
        ...IN_SERVICE,
        ...(failure && { ...failure, Status: "Failed" }),
      });
      const { DomainId, AppType, AppName } = input;
      const stream = [DomainId, SpaceName ?? UserProfileName, AppType, AppName].map(String).join("/");
      await new ExecutionRole(surroundings, String(role)).log("/aws/sagemaker/studio", stream, "Nothing runs here.");
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
