import type { Construct } from "constructs";
import { local } from "../hosting";
import { page, type Page } from "../shared/runbook";

/** The ids of the alarms. */
export type AlarmId = "dead_letters" | "errors" | "oldest_message" | "failed" | "incomplete_sweeps" | "oldest_pending";

/** What a deployment calls what its operators use. */
export interface Names {
  readonly domainId: string;
  /** The function with its alias. */
  readonly live: string;
  readonly logGroup: string;
  readonly deadLetterQueueUrl: string;
  readonly redriveCommand: string;
  readonly pauseCommand: string;
  readonly resumeCommand: string;
}

/** A command that works with both releases of the AWS CLI, whose answer can be redirected; without the alias another version runs. */
const invoke = (live: string, payload: object): string =>
  `printf '${JSON.stringify(payload)}' | aws lambda invoke --function-name ${live} --payload fileb:///dev/stdin answer.json >&2 && cat answer.json`;

/** What to do when an alarm goes off: commands with this deployment's names. */
export function runbook(scope: Construct, names: Names): Readonly<Record<AlarmId, Page>> {
  const { live, logGroup, domainId, redriveCommand, pauseCommand, resumeCommand } = names;
  const check = local(scope, "check_command", invoke(live, { operation: "check" }));
  const sweep = local(scope, "sweep_command", invoke(live, { operation: "sweep" }));
  const log = local(
    scope,
    "log_command",
    `aws logs filter-log-events --log-group-name ${logGroup} --start-time $((($(date +%s) - 3600) * 1000)) ` +
      `--filter-pattern '?ERROR ?WARN ?"timed out"' --query 'events[].message' --output text`,
  );
  const dead = `aws sqs receive-message --queue-url ${names.deadLetterQueueUrl} --max-number-of-messages 10 --visibility-timeout 60 --query 'Messages[].Body'`;
  const pending = `aws datazone list-subscription-requests --domain-identifier ${domainId} --status PENDING --query 'items[].[createdAt, id, subscribedListings[0].name]' --output text`;
  return {
    dead_letters: page(
      "Events or subscription requests could not be delivered or decided, and are in the dead-letter queue",
      ["See what is there; each message is a request's event, or names its id", dead],
      ["Read why, in the function's log of the last hour", log],
      ["Ask the check what to repair, and repair it", check],
      [
        "Put them back; to do so twice does no harm. A message that is not about a request comes back: delete it",
        redriveCommand,
      ],
    ),
    errors: page(
      "The approver's function failed; the messages are tried again",
      ["Read why, in the function's log of the last hour", log],
      ["Ask the check what to repair", check],
      [
        "If a deployment is the cause, deploy the previous commit. Until then, let requests wait on the queue",
        pauseCommand,
      ],
      ["Then resume decisions", resumeCommand],
    ),
    oldest_message: page(
      "A message has been on the queue for more than an hour: decisions fail or are throttled, or the function is not receiving messages",
      ["Read whether decisions are throttled, in the log of the last hour", log],
      ["If the log is empty, decisions may have been paused: resume them", resumeCommand],
      ["Ask the check whether the function works", check],
    ),
    failed: page(
      "Subscription requests could not be decided, and a retry will not help",
      ["Ask the check what to repair, and repair it", check],
      ["Read the reasons, in the log of the last hour", log],
      ["Decide them now", sweep],
    ),
    incomplete_sweeps: page(
      "A sweep could not list the pending requests of every publishing project",
      ['Read which, and why: "the sweep is not complete"', log],
      ["Ask the check whether the role is still a member of the project", check],
      ["Repair the membership, or list fewer projects in one deployment; then sweep again", sweep],
    ),
    oldest_pending: page(
      "A subscription request has been waiting too long for a person",
      ["See what waits, the oldest by its date", pending],
      [
        "Its owners decide it in the portal. If a policy should have decided it, see what a sweep would do about all that waits",
        invoke(live, { operation: "sweep", dryRun: true }),
      ],
    ),
  };
}
