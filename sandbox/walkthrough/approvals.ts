import type { Control } from "../control";
import { as, aws, type Env, invokeFunction, until } from "./clients";
import { type Announcement, Inbox } from "./inbox";
import type { Report } from "./report";

/** What catalog.py set up. */
export interface Catalog {
  readonly domain: string;
  /** Its root domain unit. */
  readonly domainUnit: string;
  readonly projects: Readonly<Record<"sales" | "dev-forecasting" | "marketing", string>>;
  readonly people: Readonly<Record<"analyst" | "steward", string>>;
  readonly assets: Readonly<Record<string, string>>;
  readonly listings: Readonly<Record<string, string>>;
  readonly inbox: { readonly url: string; readonly arn: string };
}

/** What the environment's Terraform outputs say of system A. */
export interface ApprovalOutputs {
  readonly approver_function_name: string;
  readonly approver_role_arn: string;
  readonly approver_log_group_name: string;
  readonly approver_queue_url: string;
  readonly approver_dead_letter_queue_url: string;
  readonly approver_redrive_command: string;
}

interface RequestDetails {
  readonly id: string;
  readonly status: string;
  readonly decisionComment?: string;
  readonly reviewerId?: string;
}
interface AuditRecord {
  readonly subscriptionRequestId: string;
  readonly outcome: string;
  readonly policies: readonly string[];
  readonly policySet: string;
}

/** Written by a requester; it must never turn up in the approver's logs. */
const REASON = "Forecasting for the spring campaign (confidential: code name Heron)";

/**
 * The walkthrough of system A: requests come in, policies decide them or leave them to a person, and people are told.
 */
export async function walkThroughApprovals(
  report: Report,
  env: Env,
  control: Control,
  catalog: Catalog,
  outputs: ApprovalOutputs,
): Promise<void> {
  const analyst = await as(env, catalog.people.analyst, "analyst");
  const steward = await as(env, catalog.people.steward, "steward");
  const inbox = new Inbox(env, catalog.inbox.url);
  const common = ["--domain-identifier", catalog.domain];

  const request = async (asset: string, project: keyof Catalog["projects"]): Promise<string> => {
    report.command(`aws datazone create-subscription-request … # ${project} asks for ${asset}`);
    const created = await aws<RequestDetails>(
      analyst,
      ...["datazone", "create-subscription-request", ...common, "--request-reason", REASON],
      ...["--subscribed-listings", JSON.stringify([{ identifier: catalog.listings[asset] }])],
      ...["--subscribed-principals", JSON.stringify([{ project: { identifier: catalog.projects[project] } }])],
    );
    return created.id;
  };
  const details = (id: string): Promise<RequestDetails> =>
    aws(steward, "datazone", "get-subscription-request-details", ...common, "--identifier", id);
  const announced = (id: string, decision: string): Promise<Announcement> =>
    until(`the announcement "${decision}" of ${id}`, 60, async () => {
      const about = ({ body, attributes }: Announcement): boolean =>
        body["subscriptionRequestId"] === id && attributes["decision"] === decision;
      return (await inbox.find(about))[0];
    });
  const records = async (id: string): Promise<AuditRecord[]> => {
    const group = ["--log-group-name", outputs.approver_log_group_name];
    const { events } = await aws<{ events: { message: string }[] }>(env, "logs", "filter-log-events", ...group);
    return events.flatMap(({ message }) => {
      const decision = message.startsWith("{")
        ? (JSON.parse(message) as { decision?: AuditRecord }).decision
        : undefined;
      return decision?.subscriptionRequestId === id ? [decision] : [];
    });
  };
  const recorded = (id: string): Promise<AuditRecord> =>
    until(`the audit record of ${id}`, 20, async () => (await records(id))[0]);

  report.part("A request that a policy approves");
  const approved = await request("store_locations", "dev-forecasting");
  const decided = await report.step("rule → queue → approver → decision", () =>
    until("the decision", 60, async () => {
      const now = await details(approved);
      return now.status === "PENDING" ? undefined : now;
    }),
  );
  report.facts({ request: approved, status: decided.status, comment: decided.decisionComment ?? "" });
  report.promise("the request is accepted", decided.status === "ACCEPTED", decided.status);
  report.promise(
    "its comment names the approver and the deciding policies",
    /^\[\S+ [0-9a-f]{12}\] .*public-data/s.test(decided.decisionComment ?? ""),
    decided.decisionComment,
  );

  const notice = await report.step("notification", () => announced(approved, "approved"));
  report.facts({ subject: notice.subject ?? "", attributes: JSON.stringify(notice.attributes) });
  report.promise(
    "the announcement says which project and environment",
    notice.attributes["project"] === catalog.projects.sales && notice.attributes["environment"] === "sandbox",
    notice.attributes,
  );

  const record = await report.step("audit record in the function's log", () => recorded(approved));
  report.facts({ outcome: record.outcome, policies: record.policies.join(", "), "policy set": record.policySet });
  report.promise(
    "the audit record says what was decided and by which policies",
    record.outcome === "approved" && record.policies.includes("public-data"),
    record,
  );

  const [accept] = await control.calls({ service: "datazone", operation: "AcceptSubscriptionRequest" });
  report.facts({ "call log": `${accept?.operation} by ${accept?.caller}` });
  report.promise(
    "the call log (here in CloudTrail's place) shows the approver's role",
    sessionOf(accept?.caller) === roleName(outputs.approver_role_arn),
    accept?.caller,
  );

  report.part("A request that waits for a person");
  const waiting = await request("customers", "dev-forecasting");
  const told = await report.step("notification", () => announced(waiting, "waiting"));
  report.facts({ request: waiting, subject: told.subject ?? "", why: JSON.stringify(told.body["why"]) });
  const still = await details(waiting);
  report.promise("sensitive data stays pending", still.status === "PENDING", still.status);
  report.promise(
    "the announcement names the policy that made it wait",
    JSON.stringify(told.body["policies"]).includes("allowed-terms"),
    told.body,
  );
  report.command("aws datazone accept-subscription-request … # the steward decides");
  await aws(
    steward,
    "datazone",
    "accept-subscription-request",
    ...common,
    "--identifier",
    waiting,
    "--decision-comment",
    "Agreed with the data owner.",
  );
  const byHand = await details(waiting);
  report.promise(
    "the steward's decision stands",
    byHand.status === "ACCEPTED" && byHand.decisionComment === "Agreed with the data owner.",
    byHand,
  );

  report.part("By hand, and on the schedule");
  const unclassified = await request("sales_forecast_input", "marketing");
  await announced(unclassified, "waiting");
  const invoke = async <T>(payload: object): Promise<T> => {
    report.command(
      `aws lambda invoke --function-name ${outputs.approver_function_name}:live --payload '${JSON.stringify(payload)}' …`,
    );
    return await invokeFunction<T>(env, `${outputs.approver_function_name}:live`, payload);
  };
  const dryRun = await invoke<AuditRecord>({
    operation: "decide",
    subscriptionRequestId: unclassified,
    dryRun: true,
  });
  report.promise("a dry run answers what would happen", dryRun.outcome === "waiting", dryRun);
  const swept = await invoke<Record<string, unknown>>({ operation: "sweep" });
  report.facts({ sweep: JSON.stringify(swept) });
  report.promise("the unclassified request is still pending", (await details(unclassified)).status === "PENDING");

  const reminder = await report.step("two hours later (the sandbox's clock is moved) the schedule sweeps", async () => {
    await control.advanceClock(2 * 3600);
    return await until("the reminder", 60, async () => {
      const told = await inbox.find(
        ({ body }) => body["subscriptionRequestId"] === unclassified && body["again"] === true,
      );
      return told[0];
    });
  });
  report.facts({ subject: reminder.subject ?? "" });
  report.promise(
    "the sweep reminds of what still waits, and decides nothing",
    reminder.attributes["decision"] === "waiting" && (await details(unclassified)).status === "PENDING",
    reminder,
  );

  report.part("What the function was allowed, and what it did");
  const granted = await grantedActions(env, roleName(outputs.approver_role_arn)!);
  const calls = (await control.calls()).filter(
    ({ caller }) => sessionOf(caller) === roleName(outputs.approver_role_arn),
  );
  const used = new Set(calls.map(({ service, operation }) => actionOf(service, operation)));
  report.facts({
    used: wrapped(granted.filter((action) => used.has(action))),
    "granted, not needed here": wrapped(granted.filter((action) => !used.has(action))),
  });
  const beyond = [...used].filter((action) => action !== NEEDS_NO_PERMISSION && !granted.includes(action));
  report.promise("it used nothing that its role does not grant", used.size > 0 && beyond.length === 0, beyond);
  const refused = calls.filter(({ denied }) => denied).map(({ operation }) => operation);
  report.promise("it was refused nothing", refused.length === 0, refused);
  const group = ["--log-group-name", outputs.approver_log_group_name];
  const { events } = await aws<{ events: { message: string }[] }>(env, "logs", "filter-log-events", ...group);
  const leaked = events.filter(({ message }) => message.includes("Heron"));
  report.promise("no requester's reason is in the logs", events.length > 0 && leaked.length === 0, leaked);
}

const NEEDS_NO_PERMISSION = "sts:GetCallerIdentity";

/** The IAM action of an operation: the same but for a queue's batches. */
const actionOf = (service: string, operation: string): string =>
  `${service}:${service === "sqs" ? operation.replace(/Batch$/, "") : operation}`;

/** The actions that a role's inline policies allow. */
async function grantedActions(env: Env, role: string): Promise<string[]> {
  const { PolicyNames } = await aws<{ PolicyNames: string[] }>(env, "iam", "list-role-policies", "--role-name", role);
  const actions = PolicyNames.map(async (policy) => {
    const args = ["--role-name", role, "--policy-name", policy];
    const { PolicyDocument } = await aws<{
      PolicyDocument: { Statement: { Effect: string; Action: string | string[] }[] };
    }>(env, ...["iam", "get-role-policy", ...args]);
    return PolicyDocument.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
  });
  return [...new Set((await Promise.all(actions)).flat())].sort();
}

/** Words in lines of a terminal's width. */
function wrapped(words: readonly string[]): string {
  const lines = [""];
  for (const word of words) {
    if (lines.at(-1)!.length + word.length > 90) lines.push("");
    lines.push(`${lines.pop()!}${word} `);
  }
  return lines.map((line) => line.trim()).join("\n");
}

/** The role's name, in its own ARN (which may hold a path) and in that of one of its sessions. */
const roleName = (roleArn: string): string | undefined => roleArn.split("/").pop();
const sessionOf = (callerArn = ""): string | undefined => /:assumed-role\/([^/]+)\//.exec(callerArn)?.[1];
