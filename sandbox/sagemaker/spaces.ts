import { arnOf } from "./access";
import { NAMES } from "./names";
import { type Fields, type Item, listed, picked } from "./records";
import { type Answers, contains, IN_SERVICE, inUse, type State } from "./state";

/** Spaces of a domain: the storage and settings of an application, private to a user profile or shared. */
export function spaceOperations({ model, domains, profiles, spaces, apps, uid }: State): Answers {
  return {
    CreateSpace: (input, region) => {
      const domain = domains.get(input);
      const owner = (input["OwnershipSettings"] as Fields | undefined)?.["OwnerUserProfileName"];
      const profile = owner === undefined ? undefined : profiles.get({ ...domain.fields, UserProfileName: owner });
      const ownership = profile && { OwnershipSettings: { OwnerUserProfileName: profile.fields["UserProfileName"] } };
      const SpaceArn = arnOf(region, NAMES.Space(input));
      const Url = `${domain.fields["Url"]}/space/${input["SpaceName"]}`;
      spaces.create(SpaceArn, { ...input, ...ownership, SpaceArn, Url, HomeEfsFileSystemUid: uid(), ...IN_SERVICE });
      return { SpaceArn };
    },
    DescribeSpace: (input) => picked(model, "DescribeSpaceResponse", spaces.get(input).fields),
    UpdateSpace: (input) => {
      const space = spaces.get(input);
      spaces.update(space, input);
      return { SpaceArn: space.arn };
    },
    DeleteSpace: (input) => {
      const space = spaces.get(input);
      const { DomainId, SpaceName } = space.fields;
      if (apps.all({ DomainId, SpaceName }).length > 0) throw inUse("Space", space, "App(s) are associated with it");
      spaces.delete(space);
      return {};
    },
    ListSpaces: (input) => {
      const found = spaces.all({ DomainId: input["DomainIdEquals"] });
      const named = found.filter(({ fields }) => contains(fields["SpaceName"], input["SpaceNameContains"]));
      const { entries, ...rest } = listed(model, "SpaceDetails", named.map(summarized), input);
      return { Spaces: entries, ...rest };
    },
  };
}

/** A space with the summaries of its settings that a listing shows. */
function summarized(space: Item): Item {
  const { SpaceSettings, SpaceSharingSettings, OwnershipSettings } = space.fields as Readonly<
    Record<string, Fields | undefined>
  >;
  return {
    ...space,
    fields: {
      ...space.fields,
      ...(SpaceSettings && {
        SpaceSettingsSummary: {
          AppType: SpaceSettings["AppType"],
          SpaceStorageSettings: SpaceSettings["SpaceStorageSettings"],
        },
      }),
      SpaceSharingSettingsSummary: SpaceSharingSettings,
      OwnershipSettingsSummary: OwnershipSettings,
    },
  };
}
