import * as path from "node:path";
import type { AccessOutputs } from "./access";
import type { ApprovalOutputs } from "./approvals";
import { type Env, python } from "./clients";
import type { Report } from "./report";
import type { World } from "./world";

/**
 * A forbidden request (a "door") as tour/doors.py reports it, and its "twin": the same request by somebody who is
 * allowed it.
 */
interface Door {
  readonly place: string;
  readonly tries: string;
  /** AWS's error, or what shows that nothing has changed. */
  readonly answer: string;
  readonly closed: boolean;
  /** Who is allowed the same request, or with which change of it. */
  readonly key: string;
  readonly opened: boolean;
  /** `ok` and what it answered, or the error. */
  readonly twin: string;
}

const script = (name: string): string => path.join(__dirname, "tour", name);

/**
 * Requests of somebody who wants more than was granted: of userA in Studio, and of people who want the approver to
 * approve. Each must be refused, and its twin must work: a twin that fails breaks a promise, because a refusal then
 * proves nothing.
 */
export async function walkThroughTour(
  report: Report,
  env: Env,
  { catalog, account }: World,
  outputs: AccessOutputs & ApprovalOutputs,
): Promise<void> {
  report.part("The attacker's tour");
  const [personas, approver] = await report.step(
    "forbidden requests, each also made by somebody who is allowed it",
    () =>
      Promise.all([
        python<readonly Door[]>(
          env,
          script("personas.py"),
          JSON.stringify({
            bucket: outputs.data_bucket,
            scratch: outputs.scratch_bucket,
            domain: outputs.studio_domain_id,
            network: outputs.studio_network,
            loader: outputs.dataset_loader_function_name,
            roles: outputs.studio_role_arns,
            ...account,
          }),
        ),
        python<readonly Door[]>(
          env,
          script("approver.py"),
          JSON.stringify({
            catalog,
            function: outputs.approver_function_name,
            queue: outputs.approver_queue_url,
            logs: outputs.approver_log_group_name,
          }),
        ),
      ]),
  );
  report.text(["", ...table("userA tries", personas), ""].join("\n"));
  judge(report, "every request of userA's is refused", personas);
  report.text(["", ...table("somebody tries", approver), ""].join("\n"));
  judge(report, "the approver is talked into nothing: what its policies leave to people, people decide", approver);
}

function judge(report: Report, promise: string, doors: readonly Door[]): void {
  const open = doors.filter(({ closed }) => !closed);
  report.promise(`${promise} (${doors.length})`, doors.length > 0 && open.length === 0, open);
  const stuck = doors.filter(({ opened }) => !opened);
  report.promise("each of these requests works for somebody who is allowed it", stuck.length === 0, stuck);
}

function table(who: string, doors: readonly Door[]): string[] {
  const rows = [
    ["", who, "answer", "works for, or with"],
    ...doors.map(({ place, tries, answer, key, twin }) => [
      place,
      tries,
      answer,
      twin === "ok" ? key : `${key}: ${twin.replace(/^ok, /, "")}`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)) + 2);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("")
      .trimEnd(),
  );
}
