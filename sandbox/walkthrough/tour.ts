import * as path from "node:path";
import type { AccessOutputs } from "./access";
import type { ApprovalOutputs } from "./approvals";
import { type Env, python } from "./clients";
import type { Report } from "./report";
import type { World } from "./world";

/** What came of trying a door, as tour/doors.py says it. */
interface Door {
  readonly place: string;
  readonly tries: string;
  /** AWS's error, or what was seen to have changed nothing. */
  readonly answer: string;
  readonly closed: boolean;
  /** Who or what the same request opens to. */
  readonly key: string;
  readonly opened: boolean;
  /** What opening it brought, or the error. */
  readonly twin: string;
}

const script = (name: string): string => path.join(__dirname, "tour", name);

/**
 * What somebody tries who wants more than was granted: userA in Studio, and those who want the approver to approve. A door whose twin does
 * not open proves nothing, and breaks a promise too.
 */
export async function walkThroughTour(
  report: Report,
  env: Env,
  { catalog, account }: World,
  outputs: AccessOutputs & ApprovalOutputs,
): Promise<void> {
  report.part("The attacker's tour");
  const [personas, approver] = await report.step("every door, and its twin", () =>
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
  judge(report, "userA is refused at every door", personas);
  report.text(["", ...table("somebody tries", approver), ""].join("\n"));
  judge(report, "the approver leaves to people what its policies leave to them", approver);
}

function judge(report: Report, promise: string, doors: readonly Door[]): void {
  const open = doors.filter(({ closed }) => !closed);
  report.promise(`${promise} (${doors.length})`, doors.length > 0 && open.length === 0, open);
  const stuck = doors.filter(({ opened }) => !opened);
  report.promise("each of these doors opens to the same request where it should", stuck.length === 0, stuck);
}

function table(who: string, doors: readonly Door[]): string[] {
  const rows = [
    ["", who, "answer", "opens with"],
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
