import { Construct } from "constructs";
import { IamRole, type IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  type Given,
  givenOr,
  ifGiven,
  inside,
  madeWhere,
  type Maybe,
  policyDocument,
  type RoleOptions,
} from "../hosting";
import { functionTrust, LAMBDA_TRUST, type Statements } from "./permissions";

interface RoleProps extends RoleOptions {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly role?: { readonly arn: string };
  readonly approverRole?: { readonly role?: { readonly arn: string } };
}

/** The role that the function runs as and the one that is the project's member: the same, unless a separate one is asked for. */
export class Roles extends Construct {
  readonly functionArn: string;
  /** Names of the roles made here; undefined, in a module null, where one is not made. */
  readonly functionName: string | undefined;
  readonly approverName: string | undefined;
  /** ARN of the separate approver role; undefined, in a module null, where there is none. */
  readonly approverArn: string | undefined;
  /** ARN of the role that acts in Amazon DataZone, and that has to be a member of the publishing projects. */
  readonly memberArn: string;
  private readonly functionRole: Maybe<IamRole>;
  private readonly approverRole: Maybe<IamRole>;
  private readonly separate: Given<object>;
  private readonly existing: { readonly functionRole: Given<object>; readonly approverRole: Given<object> };

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { name, role, approverRole } = props;
    const existing = inside(approverRole, "role");
    this.separate = approverRole;
    this.existing = { functionRole: role, approverRole: existing };
    const common: Omit<IamRoleConfig, "assumeRolePolicy"> = {
      path: props.rolePath,
      permissionsBoundary: ifGiven(props.permissionsBoundary, ({ arn }) => arn, undefined),
      tags: props.tags,
    };
    this.functionRole = madeWhere({ not: [role] }, (count) => {
      return new IamRole(this, "function", {
        name: `${name}-function`,
        description: `Runs the function ${name}`,
        assumeRolePolicy: policyDocument(this, "function_trust", [LAMBDA_TRUST], { count }),
        ...common,
        count,
      });
    });
    this.functionName = this.functionRole.attribute("name");
    this.functionArn = givenOr(role, "arn", this.functionRole)!;
    this.approverRole = madeWhere({ given: [approverRole], not: [existing] }, (count) => {
      return new IamRole(this, "approver", {
        name: `${name}-approver`,
        description: `Accepts and rejects subscription requests for ${name}`,
        assumeRolePolicy: policyDocument(this, "approver_trust", [functionTrust(this.functionArn)], { count }),
        ...common,
        count,
      });
    });
    this.approverName = this.approverRole.attribute("name");
    this.approverArn = givenOr(existing, "arn", this.approverRole);
    this.memberArn = ifGiven(approverRole, () => this.approverArn!, this.functionArn);
  }

  /** Attaches what each may do to the roles that are made here. The policies' JSON is there for roles that are given. */
  attach(functionStatements: Statements, datazoneStatements: Statements): AttachedPolicies {
    const functionJson = policyDocument(this, "function_policy_document", functionStatements);
    const datazoneJson = policyDocument(this, "datazone_policy_document", datazoneStatements);
    const put = (
      id: string,
      name: string,
      role: Maybe<IamRole>,
      policy: string,
      given: Given<object>[],
      not: Given<object>[],
    ) =>
      madeWhere(
        { given, not },
        (count) => new IamRolePolicy(this, id, { name, role: role.attribute("name")!, policy, count }),
      );
    const { functionRole, approverRole } = this.existing;
    const attached = [
      put("function_policy", "function", this.functionRole, functionJson, [], [functionRole]),
      put("function_datazone_policy", "datazone", this.functionRole, datazoneJson, [], [functionRole, this.separate]),
      put("approver_datazone_policy", "datazone", this.approverRole, datazoneJson, [this.separate], [approverRole]),
    ];
    return { functionJson, datazoneJson, attached: attached.flatMap(({ resource }) => resource ?? []) };
  }
}

interface AttachedPolicies {
  readonly functionJson: string;
  readonly datazoneJson: string;
  readonly attached: readonly IamRolePolicy[];
}
