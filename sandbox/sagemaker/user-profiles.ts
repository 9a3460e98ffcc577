import { randomUUID } from "node:crypto";
import { arnOf } from "./access";
import { SageMakerError } from "./errors";
import { NAMES } from "./names";
import { type Fields, type Item, listed, picked } from "./records";
import { type Answers, contains, IN_SERVICE, inUse, ownerOf, type State } from "./state";

/** User profiles of a domain: a person, with the role that Studio runs as for them. */
export function userProfileOperations({ model, domains, profiles, spaces, apps, uid }: State): Answers {
  return {
    CreateUserProfile: (input, region) => {
      const domain = domains.get(input);
      checkSecurityGroups(domain, input);
      const UserProfileArn = arnOf(region, NAMES.UserProfile(input));
      profiles.create(UserProfileArn, { ...input, UserProfileArn, HomeEfsFileSystemUid: uid(), ...IN_SERVICE });
      return { UserProfileArn };
    },
    DescribeUserProfile: (input) => picked(model, "DescribeUserProfileResponse", profiles.get(input).fields),
    UpdateUserProfile: (input) => {
      const profile = profiles.get(input);
      profiles.update(profile, input);
      return { UserProfileArn: profile.arn };
    },
    DeleteUserProfile: (input) => {
      const profile = profiles.get(input);
      const { DomainId, UserProfileName } = profile.fields;
      if (apps.all({ DomainId, UserProfileName }).length > 0)
        throw inUse("UserProfile", profile, "App(s) are associated with it");
      if (spaces.all({ DomainId }).some((space) => ownerOf(space) === UserProfileName)) {
        throw inUse("UserProfile", profile, "it owns Space(s)");
      }
      profiles.delete(profile);
      return {};
    },
    CreatePresignedDomainUrl: (input) => {
      const { AuthMode, Url } = domains.get(input).fields;
      profiles.get(input);
      if (AuthMode !== "IAM") {
        const message =
          "CreatePresignedDomainUrl can only be called when the authentication mode of the domain is IAM.";
        throw new SageMakerError("ValidationException", message);
      }
      return { AuthorizedUrl: `${Url}/auth?token=${randomUUID()}` };
    },
    ListUserProfiles: (input) => {
      const found = profiles.all({ DomainId: input["DomainIdEquals"] });
      const named = found.filter(({ fields }) => contains(fields["UserProfileName"], input["UserProfileNameContains"]));
      const { entries, ...rest } = listed(model, "UserProfileDetails", named, input);
      return { UserProfiles: entries, ...rest };
    },
  };
}

/** @throws SageMakerError ValidationException where nothing says which security groups Studio is to use in a VPC */
function checkSecurityGroups(domain: Item, input: Fields): void {
  if (domain.fields["AppNetworkAccessType"] !== "VpcOnly") return;
  const settings = [domain.fields["DefaultUserSettings"], input["UserSettings"]] as (Fields | undefined)[];
  if (settings.some((one) => Array.isArray(one?.["SecurityGroups"]) && one["SecurityGroups"].length > 0)) return;
  throw new SageMakerError(
    "ValidationException",
    "SecurityGroups are required in a domain with VpcOnly network access.",
  );
}
