import * as path from "node:path";
import type { Control } from "../control";
import type { AccessOutputs } from "./access";
import { type Env, python } from "./clients";
import { compare, type Granted } from "./granted";
import type { Report } from "./report";
import { EXCEPTIONS } from "./unused";

const script = (name: string): string => path.join(__dirname, name);

/** Both personas work for a day with all that Studio offers them. */
export async function workForADay(report: Report, env: Env, outputs: AccessOutputs): Promise<void> {
  report.part("A day's work of each persona");
  const { data_bucket, scratch_bucket, studio_domain_id, studio_role_arns } = outputs;
  const where = [data_bucket, scratch_bucket, studio_domain_id, JSON.stringify(studio_role_arns)];
  const calls = await report.step("spaces, jobs, logs, scratch files and data", () =>
    python<Readonly<Record<string, number>>>(env, script("working_day.py"), ...where),
  );
  report.facts(
    Object.fromEntries(Object.entries(calls).map(([name, count]) => [name, `${count} calls, none refused`])),
  );
}

/** At the end: each role was granted what it used, and used what it was granted. */
export async function holdGrantsAgainstUse(
  report: Report,
  env: Env,
  control: Control,
  roleNames: readonly string[],
): Promise<void> {
  report.part("Granted is used, used is granted");
  const granted = await python<Granted>(env, script("policies.py"), ...roleNames);
  const { uses, differences } = compare(granted, await control.accesses(), EXCEPTIONS);
  report.facts(
    Object.fromEntries(
      uses.map(({ role, granted: all, used }) => [role, `${used} of ${all} used, ${all - used} for a reason`]),
    ),
  );
  report.promise(
    "every role used each action on each resource that it was granted, and was granted what it used",
    differences.length === 0,
    differences,
  );
}
