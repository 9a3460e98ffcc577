import type { IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import { choose, given } from "../hosting";
import { existing, optional, type ResolvedFields, rule, text } from "../inputs";
import type { Tags } from "./names";

/** What every construct takes that makes roles. */
export const roleOptions = {
  /**
   * Managed policy that caps the roles made here.
   * @default - none
   */
  permissionsBoundary: optional(existing.policy),
  /**
   * IAM path of the roles made here; begins and ends with a slash.
   * @default "/"
   */
  rolePath: optional(text(rule.matches(/^\/([\x21-\x7e]+\/)?$/, "must begin and end with a slash")), "/"),
};

/** What a part of a construct is handed on for the roles that it makes. */
export type RoleOptions = ResolvedFields<typeof roleOptions> & { readonly tags: Tags };

/** What all roles of a construct have in common. */
export const roleCommons = ({ permissionsBoundary, rolePath, tags }: RoleOptions): Partial<IamRoleConfig> => ({
  path: rolePath,
  permissionsBoundary: choose(given(permissionsBoundary), ({ arn }) => arn),
  tags,
});
