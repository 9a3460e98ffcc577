import { inputOf } from "../authorization/access";
import { awsError, xml } from "../errors";
import { AwsError } from "../gateway/aws-client";
import { ACCOUNT } from "../gateway/callers";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

/** IAM's SimulatePrincipalPolicy, which moto lacks: what a role's own policies say of actions, decided as real calls are. */
export const simulation = ({ authorizer }: Internals): Service => ({
  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service !== "iam" || call.operation !== "SimulatePrincipalPolicy") return undefined;
    const form = inputOf(call) as Readonly<Record<string, string>>;
    const roleArn = form["PolicySourceArn"] ?? "";
    const name = roleArn.split("/").at(-1);
    // Nobody's key: a session's own policy is no part of what is simulated.
    const caller = {
      accessKeyId: "",
      account: ACCOUNT,
      roleArn,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/it`,
    };
    const context = Object.fromEntries(
      numbered(form, "ContextEntries", ".ContextKeyName").map((key, index) => [
        key,
        form[`ContextEntries.member.${index + 1}.ContextKeyValues.member.1`] ?? "",
      ]),
    );
    const results: string[] = [];
    try {
      for (const action of numbered(form, "ActionNames")) {
        for (const resource of numbered(form, "ResourceArns")) {
          const reason = await authorizer.refusal(caller, { action, resource, context }, call.region);
          results.push(result(action, resource, reason));
        }
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return awsError(call, 404, error.code, error.message);
    }
    const body = `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>${call.id}</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body };
  },
});

/** The members of a list in a form: `ActionNames.member.1`, … */
function numbered(form: Readonly<Record<string, string>>, list: string, field = ""): string[] {
  const members: string[] = [];
  for (let one; (one = form[`${list}.member.${members.length + 1}${field}`]) !== undefined;) members.push(one);
  return members;
}

function result(action: string, resource: string, reason: string | undefined): string {
  const denied = reason?.includes("explicit deny") ? "explicitDeny" : "implicitDeny";
  const decision = reason === undefined ? "allowed" : denied;
  return `<member><EvalActionName>${xml(action)}</EvalActionName><EvalResourceName>${xml(resource)}</EvalResourceName><EvalDecision>${decision}</EvalDecision></member>`;
}
