import type { IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import { choose, given } from "../hosting";
import { existing, optional, type ResolvedFields, rule, text } from "../inputs";
import type { Tags } from "./names";

/** Inputs of every construct that creates roles. */
export const roleOptions = {
  /**
   * Managed policy that is the permissions boundary of every role created here.
   * @default - none
   */
  permissionsBoundary: optional(existing.policy),
  /**
   * IAM path of every role created here; begins and ends with a slash.
   * @default "/"
   */
  rolePath: optional(text(rule.matches(/^\/([\x21-\x7e]+\/)?$/, "must begin and end with a slash")), "/"),
};

/** The inputs that a part of a construct needs for the roles that it creates. */
export type RoleOptions = ResolvedFields<typeof roleOptions> & { readonly tags: Tags };

/** Arguments that all roles of a construct have in common. */
export const roleCommons = ({ permissionsBoundary, rolePath, tags }: RoleOptions): Partial<IamRoleConfig> => ({
  path: rolePath,
  permissionsBoundary: choose(given(permissionsBoundary), ({ arn }) => arn),
  tags,
});
