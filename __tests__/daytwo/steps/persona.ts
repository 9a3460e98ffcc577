import type { Changes } from "../deployment";
import { all } from "../year";

const CALLED = "module.studio.module.studio";

/** The user profile of a persona with the policy of its role, in both deployments: what needs the role. */
export const profile = (name: string): readonly string[] => [
  `aws_iam_role_policy.data_access_studio_role_policy_${name}`,
  `aws_sagemaker_user_profile.data_access_studio_profile_${name}`,
  `${CALLED}.aws_iam_role_policy.role_policy["${name}"]`,
  `${CALLED}.aws_sagemaker_user_profile.profile["${name}"]`,
];

export const role = (name: string): readonly string[] => [
  `aws_iam_role.data_access_studio_role_${name}`,
  `${CALLED}.aws_iam_role.role["${name}"]`,
];

export const grants = (name: string, keys: readonly string[]): readonly string[] =>
  keys.flatMap((key) => [
    `aws_s3control_access_grant.data_access_access_persona_${name}_grant_${key}`,
    `module.studio.module.access.module.persona["${name}"].aws_s3control_access_grant.grant["${key}"]`,
  ]);

/** What names the network to roles, in the deployment of the modules. */
export const told = (names: readonly string[]): Changes =>
  all("update", ...names.map((name) => `${CALLED}.aws_iam_role_policy.role_policy["${name}"]`));
