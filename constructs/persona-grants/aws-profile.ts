import { hcl } from "../hosting";

/** Home of a JupyterLab or Code Editor space; the tools that start a `credential_process` know no `~`. */
const PROGRAM = "/home/sagemaker-user/grant_credentials.py";

/** A profile for `~/.aws/config` that takes its credentials from a grant. */
export function awsProfile(name: string, scope: string, permission: string, account: string, region: string): string {
  // One word, for the tools that split the line like a shell and for those that hand it to one.
  const target = `'${hcl`replace(${scope}, "'", "'\\\\''")`}'`;
  return [
    `[profile ${name}]`,
    `region = ${region}`,
    `credential_process = python3 ${PROGRAM} --target ${target} --permission ${permission} --account-id ${account} --region ${region}`,
    "",
  ].join("\n");
}
