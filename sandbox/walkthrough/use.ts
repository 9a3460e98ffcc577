import * as path from "node:path";
import type { Control } from "../control";
import type { AccessOutputs } from "./access";
import type { ApprovalOutputs, Catalog } from "./approvals";
import { aws, type Env, python, until } from "./clients";
import { compare, type Granted } from "./granted";
import type { Report } from "./report";
import { EXCEPTIONS } from "./unused";

const script = (name: string): string => path.join(__dirname, name);

/** Both personas use everything that Studio offers them, and the approver meets what it seldom meets. */
export async function workForADay(
  report: Report,
  env: Env,
  control: Control,
  { projects }: Catalog,
  outputs: AccessOutputs & ApprovalOutputs,
): Promise<void> {
  report.part("A day's work");
  const { data_bucket, scratch_bucket, studio_domain_id, studio_role_arns } = outputs;
  const where = [data_bucket, scratch_bucket, studio_domain_id, JSON.stringify(studio_role_arns)];
  const calls = await report.step("spaces, jobs, logs, scratch files and data", () =>
    python<Readonly<Record<string, number>>>(env, script("working_day.py"), ...where),
  );
  report.facts(
    Object.fromEntries(Object.entries(calls).map(([name, count]) => [name, `${count} calls, none refused`])),
  );
  await report.step("the approver gets an unknown operation, and a request while Amazon DataZone fails", async () => {
    const asked = ["--function-name", `${outputs.approver_function_name}:live`, "--invocation-type", "Event"];
    await aws(env, "lambda", "invoke", ...asked, "--payload", '{"operation":"unknown"}', "/dev/null");
    await control.inject({ service: "datazone", operation: "GetSubscriptionRequestDetails", status: 500, times: 100 });
    const request = { operation: "decide", projectId: projects.sales, subscriptionRequestId: "unknown" };
    const message = ["--queue-url", outputs.approver_queue_url, "--message-body", JSON.stringify(request)];
    await aws(env, "sqs", "send-message", ...message, "--endpoint-url", env["AWS_ENDPOINT_URL"]!);
    await until("the report of the unknown operation, and the request's return to the queue", 60, async () => {
      const own = (await control.accesses()).filter(({ roleArn }) => roleArn === outputs.approver_role_arn);
      const has = (wanted: string, name: string): boolean =>
        own.some(({ action, resource }) => action === wanted && resource.endsWith(`:${name}`));
      const isTold = has("sns:Publish", "approvals-operators");
      return (isTold && has("sqs:ChangeMessageVisibility", "approvals")) || undefined;
    });
    await control.clearFaults();
  });
}

/** At the end: each role was granted what it used, and used what it was granted. */
export async function holdGrantsAgainstUse(
  report: Report,
  env: Env,
  control: Control,
  roleNames: readonly string[],
): Promise<void> {
  report.part("What each role was granted, and what it used");
  const granted = await python<Granted>(env, script("policies.py"), ...roleNames);
  const { uses, differences } = compare(granted, await control.accesses(), EXCEPTIONS);
  report.facts(Object.fromEntries(uses.map(({ role, granted: all, used }) => [role, `${used} of ${all} used`])));
  report.promise(
    "every role used each action on each resource that it was granted, or a reason says why not; it needed no other",
    differences.length === 0,
    differences,
  );
}
