import { hcl } from "../hosting";

/** Path in the home directory of a JupyterLab or Code Editor space, in full: tools that start a `credential_process` do not expand `~`. */
const PROGRAM = "/home/sagemaker-user/grant_credentials.py";

/** A profile for `~/.aws/config` that takes its credentials from a grant. */
export function awsProfile(name: string, scope: string, permission: string, account: string, region: string): string {
  // Quoted to be one word both for tools that split the line like a shell and for tools that hand it to a shell.
  const target = `'${hcl`replace(${scope}, "'", "'\\\\''")`}'`;
  return [
    `[profile ${name}]`,
    `region = ${region}`,
    `credential_process = python3 ${PROGRAM} --target ${target} --permission ${permission} --account-id ${account} --region ${region}`,
    "",
  ].join("\n");
}
