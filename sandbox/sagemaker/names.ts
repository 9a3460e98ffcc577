import type { Fields } from "./records";

const lower = (text: unknown): string => String(text).toLowerCase();

/**
 * The last part of the ARN of what a request is about, by its kind as operations name it. The service authorization
 * reference has the forms; profiles, jobs and the types of applications are in lower case.
 */
export const NAMES = {
  // A domain that is to be made has no id yet.
  Domain: ({ DomainId = "*" }) => `domain/${DomainId}`,
  UserProfile: ({ DomainId, UserProfileName }) => `user-profile/${DomainId}/${lower(UserProfileName)}`,
  Space: ({ DomainId, SpaceName }) => `space/${DomainId}/${SpaceName}`,
  App: ({ DomainId, SpaceName, UserProfileName, AppType, AppName }) =>
    `app/${DomainId}/${SpaceName ?? lower(UserProfileName)}/${lower(AppType)}/${AppName}`,
  ProcessingJob: ({ ProcessingJobName }) => `processing-job/${lower(ProcessingJobName)}`,
} satisfies Readonly<Record<string, (fields: Fields) => string>>;
