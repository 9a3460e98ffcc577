import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type { Control } from "../control";
import { useAnyTool } from "./any-tool";
import { as, aws, type Env, python } from "./clients";
import type { Report } from "./report";
import { runSparkJob, startJob } from "./spark-job";
import { openStudio } from "./studio";
import type { World } from "./world";

/** What the environment's Terraform outputs say of system B. */
export interface AccessOutputs {
  readonly data_bucket: string;
  readonly scratch_bucket: string;
  readonly dataset_loader_function_name: string;
  readonly studio_domain_id: string;
  readonly studio_network: { readonly subnet_ids: readonly string[]; readonly security_group_ids: readonly string[] };
  readonly studio_role_arns: OfBoth<string>;
  readonly studio_sign_in_policies: OfBoth<string>;
  readonly aws_profiles: OfBoth<{ readonly own: string }>;
}
type OfBoth<T> = Readonly<Record<"userA" | "userB", T>>;

type Outcome = "granted" | "denied" | string;
interface Tried {
  readonly matrix: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Outcome>>>>>>;
  readonly beyond: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

const PREFIXES = ["Product/", "UserA/", "UserB/"];
const OWN: Readonly<Record<string, string>> = { userA: "UserA/", userB: "UserB/" };
const STUDIO = path.resolve(__dirname, "../../examples/studio");
const run = promisify(execFile);

/** The walkthrough of system B: who reads and writes what, with which credentials, and who is denied. */
export async function walkThroughAccess(
  report: Report,
  env: Env,
  control: Control,
  account: World["account"],
  outputs: AccessOutputs,
): Promise<void> {
  const bucket = outputs.data_bucket;
  const roles = outputs.studio_role_arns;

  report.part("Studio: the data set, the domain and its users");
  const { Contents } = await aws<{ Contents: { Key: string; Size: number }[] }>(
    env,
    ...["s3api", "list-objects-v2", "--bucket", bucket],
  );
  const loaded = Contents.filter(({ Key }) => Key.endsWith("abalone.csv"));
  report.facts(Object.fromEntries(loaded.map(({ Key, Size }) => [`s3://${bucket}/${Key}`, `${Size} bytes`])));
  const keys = loaded.map(({ Key }) => Key).sort();
  report.promise(
    "the loader has put the data set under every prefix",
    keys.join() === PREFIXES.map((p) => `${p}abalone.csv`).join(),
    keys,
  );
  const domain = await aws<{ UserProfiles: { UserProfileName: string; Status: string }[] }>(
    env,
    ...["sagemaker", "list-user-profiles", "--domain-id-equals", outputs.studio_domain_id],
  );
  const profiles = domain.UserProfiles.filter(({ Status }) => Status === "InService")
    .map((p) => p.UserProfileName)
    .sort();
  report.promise("the Studio domain has userA and userB", profiles.join() === "userA,userB", profiles);

  await openStudio(report, env, account, outputs);

  report.part("Who reaches what, with credentials from S3 Access Grants");
  const tried = await report.step(
    "userA and userB × three prefixes × read, list, write, delete, undelete, list uploads",
    () => python<Tried>(env, path.join(__dirname, "access_matrix.py"), bucket, JSON.stringify(roles), ...PREFIXES),
  );
  report.text(["", ...table(tried.matrix), ""].join("\n"));
  for (const [persona, prefixes] of Object.entries(tried.matrix)) {
    const wrong = Object.entries(prefixes).flatMap(([prefix, outcomes]) => {
      const expected = prefix === "Product/" || prefix === OWN[persona] ? "granted" : "denied";
      return Object.entries(outcomes).flatMap(([action, got]) =>
        got === expected ? [] : [`${action} ${prefix}: ${got}`],
      );
    });
    report.promise(
      `${persona} reaches Product/ and ${OWN[persona]}, and is denied elsewhere`,
      wrong.length === 0,
      wrong,
    );
    const open = Object.entries(tried.beyond[persona]!).filter(([, outcome]) => outcome !== "denied");
    report.promise(
      `${persona}'s role alone reaches nothing, and the credentials reach nothing else`,
      open.length === 0,
      open,
    );
  }

  report.part("The Spark job, and who may read its result");
  const userA = await as(env, roles.userA, "userA");
  const userB = await as(env, roles.userB, "userB");
  await startJob(report, userA, outputs, account.key);
  await runSparkJob(report, env, control, userA, bucket);
  const asA = await validate(userA, bucket);
  report.command(`python validate_access.py --bucket ${bucket} --prefix UserA/output/train/ # userA`);
  report.text(asA.output.trim());
  report.promise("userA reads the job's first five rows", asA.code === 0 && asA.output.includes("first 5 rows"), asA);
  const asB = await validate(userB, bucket);
  report.command(`python validate_access.py --bucket ${bucket} --prefix UserA/output/train/ # userB`);
  report.text(asB.output.trim());
  report.promise(
    "userB is denied, by grants and nothing else",
    asB.code === 3 && asB.output.includes("do not have READ permissions"),
    asB,
  );
  await useAnyTool(report, userA, userB, outputs.aws_profiles.userA.own, bucket);
}

function table(matrix: Tried["matrix"]): string[] {
  const actions = ["read", "list", "write", "delete", "undelete", "uploads"];
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd([8, 11][i] ?? 10))
      .join("")
      .trimEnd();
  const rows = Object.entries(matrix).flatMap(([persona, prefixes]) =>
    Object.entries(prefixes).map(([prefix, outcomes]) => row([persona, prefix, ...actions.map((a) => outcomes[a]!)])),
  );
  const cells = Object.values(matrix).flatMap((prefixes) =>
    Object.values(prefixes).flatMap((outcomes) => Object.values(outcomes)),
  );
  const count = (outcome: string): number => cells.filter((cell) => cell === outcome).length;
  const other = cells.length - count("granted") - count("denied");
  return [
    row(["", "", ...actions]),
    ...rows,
    `${count("granted")} granted, ${count("denied")} denied${other ? `, ${other} failed` : ""}`,
  ];
}

async function validate(env: Env, bucket: string): Promise<{ code: number; output: string }> {
  const args = [path.join(STUDIO, "validate_access.py"), "--bucket", bucket, "--prefix", "UserA/output/train/"];
  const finished = run("python", args, { env: { ...process.env, ...env } as NodeJS.ProcessEnv });
  return await finished.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
}
