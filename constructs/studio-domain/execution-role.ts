import type { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { choose, each, given, Heading, here, keep, policyDocument } from "../hosting";
import { roleCommons, type RoleOptions } from "../shared/roles";
import { imageAccounts, type Registries } from "./images";
import { lower, permissions, type Reach } from "./permissions";

interface ProfileRole {
  readonly role: { readonly arn: string } | undefined;
}

export interface ExecutionRolesProps
  extends RoleOptions, Omit<Reach, "profile" | "profiles" | "roleArn" | "imageAccounts"> {
  readonly profiles: Readonly<Record<string, ProfileRole>>;
  readonly rolePrefix: string;
  readonly maxSessionDuration: number;
  readonly imageRegistries: Registries | undefined;
}

export interface ExecutionRoles {
  /** ARN of a profile's role, existing or created here. */
  readonly arn: (given: ProfileRole, profile: string) => string;
  /** Names of the roles created here, by the profile's name. */
  readonly names: Readonly<Record<string, string>>;
  /** The role's policies, which must be in place before the role is used. */
  readonly policies: (profile: string) => IamRolePolicy[];
}

/** Trust policy of Studio's roles: SageMaker may assume them and record who works with them (`sts:SetSourceIdentity`). */
export function trustSageMaker(scope: Construct): string {
  return policyDocument(scope, "trust", [
    {
      sid: "SageMaker",
      actions: ["sts:AssumeRole", "sts:SetSourceIdentity"],
      principals: [{ type: "Service", identifiers: ["sagemaker.amazonaws.com"] }],
      condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [here(scope).accountId] }],
    },
  ]);
}

/** A role, with the statements of `permissions`, for each profile that has no existing one. */
export function executionRoles(scope: Construct, props: ExecutionRolesProps, trust: string): ExecutionRoles {
  const without = keep(props.profiles, ({ role }) => given(role).not);
  new Heading(scope, "Roles of the profiles: they get to data by S3 Access Grants only");
  const roles = each(without, "role", (_profile, profile, id, forEach) => {
    return new IamRole(scope, id, {
      name: `${props.rolePrefix}-${lower(profile)}-role`,
      description: `SageMaker Studio: ${profile} asks S3 Access Grants for data`,
      maxSessionDuration: props.maxSessionDuration,
      assumeRolePolicy: trust,
      ...roleCommons(props),
      forEach,
    });
  });
  new Heading(scope, "What a profile's role may do");
  const accounts = imageAccounts(scope, props.imageRegistries);
  const policies = each(without, "role_policy", (_profile, profile, id, forEach) => {
    const reach = { ...props, profile, roleArn: roles.at(profile, "arn"), imageAccounts: accounts };
    const policy = policyDocument(scope, `${id}_document`, permissions(scope, reach), { forEach });
    return new IamRolePolicy(scope, id, { name: "studio", role: roles.at(profile, "name"), policy, forEach });
  });
  const arn = ({ role }: ProfileRole, profile: string): string =>
    choose(
      given(role),
      ({ arn }) => arn,
      () => roles.at(profile, "arn"),
    );
  return { arn, names: roles.attribute("name"), policies: (key) => policies.of(key) };
}
