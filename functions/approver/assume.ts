import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";

/** Credentials of a role, for an hour at a time; CloudTrail shows the session's name. */
export const assume = (RoleArn: string, RoleSessionName: string): ReturnType<typeof fromTemporaryCredentials> =>
  fromTemporaryCredentials({ params: { RoleArn, RoleSessionName, DurationSeconds: 3600 } });
