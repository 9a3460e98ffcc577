import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  choose,
  type Condition,
  either,
  given,
  Heading,
  type Made,
  make,
  policyDocument,
  type Statements,
} from "../hosting";
import { LAMBDA_TRUST } from "../shared/lambda-function";
import { roleCommons } from "../shared/roles";
import { functionTrust } from "./permissions";
import type { ResolvedApproverProps } from "./props";

/** The role that the function runs as, and the role that is the project's member: the same one, unless `approverRole` is given. */
export class Roles extends Construct {
  readonly functionArn: string;
  /** Names of the roles created here; undefined (null in a module) where a role is not. */
  readonly functionName: string | undefined;
  readonly approverName: string | undefined;
  /** ARN of the separate approver role; undefined (null in a module) where there is none. */
  readonly approverArn: string | undefined;
  /** ARN of the role that calls Amazon DataZone and therefore must be a member of the publishing projects. */
  readonly memberArn: string;
  private readonly functionRole: Made<IamRole>;
  private readonly approverRole: Made<IamRole>;
  private readonly makesFunctionRole: Condition;
  private readonly makesApproverRole: Condition;
  private readonly isSeparate: Condition;

  constructor(scope: Construct, id: string, props: ResolvedApproverProps) {
    super(scope, id);
    const { name, role, approverRole } = props;
    this.isSeparate = given(approverRole);
    const existing = choose(given(approverRole), ({ role }) => role);
    this.makesFunctionRole = given(role).not;
    this.makesApproverRole = this.isSeparate.and(given(existing).not);
    const commons = roleCommons(props);
    new Heading(this, "The function's role");
    this.functionRole = make(this.makesFunctionRole, (_it, count) => {
      return new IamRole(this, "function", {
        name: `${name}-function`,
        description: `Runs the function ${name}`,
        assumeRolePolicy: policyDocument(this, "function_trust", [LAMBDA_TRUST], { count }),
        ...commons,
        count,
      });
    });
    this.functionName = this.functionRole.attribute("name");
    this.functionArn = either(role, this.functionRole)!.arn;
    new Heading(this, "The separate approver role");
    this.approverRole = make(this.makesApproverRole, (_it, count) => {
      return new IamRole(this, "approver", {
        name: `${name}-approver`,
        description: `Accepts and rejects subscription requests for ${name}`,
        assumeRolePolicy: policyDocument(this, "approver_trust", [functionTrust(this.functionArn)], { count }),
        ...commons,
        count,
      });
    });
    this.approverName = this.approverRole.attribute("name");
    this.approverArn = either(existing, this.approverRole)?.arn;
    this.memberArn = choose(this.isSeparate, () => this.approverArn!, this.functionArn);
  }

  /** Attaches their policies to the roles created here. For existing roles, the policies are returned as JSON. */
  attach(functionStatements: Statements, datazoneStatements: Statements): AttachedPolicies {
    new Heading(this, "What the function's role may do");
    const functionJson = policyDocument(this, "function_document", functionStatements);
    new Heading(this, "What the project's member may do");
    const datazoneJson = policyDocument(this, "datazone_document", datazoneStatements);
    const put = (id: string, name: string, role: Made<IamRole>, policy: string, when: Condition) =>
      make(when, (_it, count) => {
        return new IamRolePolicy(this, id, { name, role: role.attribute("name")!, policy, count });
      }).all;
    const { functionRole, approverRole, makesFunctionRole, makesApproverRole, isSeparate } = this;
    new Heading(this, "The policies, attached to the roles created here");
    const attached = [
      ...put("function_policy", "function", functionRole, functionJson, makesFunctionRole),
      ...put("function_datazone", "datazone", functionRole, datazoneJson, makesFunctionRole.and(isSeparate.not)),
      ...put("approver_datazone", "datazone", approverRole, datazoneJson, makesApproverRole),
    ];
    return { functionJson, datazoneJson, attached };
  }
}

interface AttachedPolicies {
  readonly functionJson: string;
  readonly datazoneJson: string;
  readonly attached: readonly ITerraformDependable[];
}
