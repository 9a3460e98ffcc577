import type { Sandbox } from "../../sandbox";
import { pythonEnv, type PythonEnv } from "../../scripts/python-env";
import type { Credentials } from "../sandbox/access-grants/boto";

/** The Python environment with S3 clients that are not ours: AWS's plugin, s3fs, pandas, pyarrow. */
export const clientsEnv = (): Promise<PythonEnv> =>
  pythonEnv({
    requirements: "examples/studio/requirements-clients.txt",
    folder: "examples/studio/.venv-clients",
  });

/** The environment of somebody who works with a role's temporary credentials. */
export function environmentOf(sandbox: Sandbox, by: Credentials): NodeJS.ProcessEnv {
  return {
    ...sandbox.env,
    AWS_ACCESS_KEY_ID: by.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: by.SecretAccessKey,
    AWS_SESSION_TOKEN: by.SessionToken,
  };
}
