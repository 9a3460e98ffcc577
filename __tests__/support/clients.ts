import type { Sandbox } from "../../sandbox";
import type { Credentials } from "../sandbox/access-grants/boto";

/** The environment of somebody who works with a role's temporary credentials. */
export function environmentOf(sandbox: Sandbox, by: Credentials): NodeJS.ProcessEnv {
  return {
    ...sandbox.env,
    AWS_ACCESS_KEY_ID: by.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: by.SecretAccessKey,
    AWS_SESSION_TOKEN: by.SessionToken,
  };
}
