import { paginateListSpaces } from "@aws-sdk/client-sagemaker";
import { type Check, asExpected, differs, notTried } from "../check";

export const studioSpace: Check = {
  id: "studio-space",
  asks: "whether people have made spaces of their own, private and in service",
  run: async ({ aws: { sagemaker: client }, targets: { studio } }) => {
    if (!studio) return notTried("the deployment has no Studio domain");
    const own = [];
    for await (const { Spaces = [] } of paginateListSpaces({ client }, { DomainIdEquals: studio.domainId }))
      own.push(
        ...Spaces.filter(({ OwnershipSettingsSummary: by }) =>
          studio.profiles.includes(by?.OwnerUserProfileName ?? ""),
        ),
      );
    if (own.length === 0) return notTried("nobody has made one yet");
    const wrong = own.filter(
      ({ Status, SpaceSharingSettingsSummary: shared }) =>
        /Failed/.test(Status ?? "") || shared?.SharingType !== "Private",
    ).length;
    return (wrong === 0 ? asExpected : differs)(`${wrong} of ${own.length} are shared, or have failed`);
  },
};
