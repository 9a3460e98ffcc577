import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { pythonEnv, SPARK } from "../../scripts/python-env";
import type { CallRecord, Control } from "../control";
import type { AccessOutputs } from "./access";
import { aws, type Env } from "./clients";
import type { Report } from "./report";

const STUDIO = path.resolve(__dirname, "../../examples/studio");
const JOB = path.join(STUDIO, "preprocess.py");
const IN_SPARK = path.resolve(__dirname, "../spark.py");
const SAMPLE = path.resolve(__dirname, "../data/abalone-sample.csv");
const HALVES = ["train", "validation"];

/**
 * What the job of examples/studio runs, as userA, in a local Spark with Hadoop's own S3 client. What it writes is read
 * by the account itself, and what it asked of S3 is in the call log.
 */
export async function runSparkJob(
  report: Report,
  env: Env,
  control: Control,
  userA: Env,
  bucket: string,
): Promise<void> {
  const { python } = await report.step(
    "a local Spark and Hadoop's S3 client (the first time some 600 MB are fetched):",
    (onProgress) => pythonEnv({ ...SPARK, onProgress }),
  );
  const before = (await control.calls()).at(-1)?.id ?? 0;
  const arguments_ = ["--input", `s3://${bucket}/UserA/abalone.csv`, "--output", `s3://${bucket}/UserA/output`];
  report.command(`python preprocess.py ${arguments_.join(" ")} # userA`);
  await report.step("the job: read UserA/abalone.csv, encode, split 80/20, write UserA/output/", async () => {
    await promisify(execFile)(python, [IN_SPARK, "local[2]", JOB, ...arguments_], {
      env: { ...process.env, ...userA } as NodeJS.ProcessEnv,
      maxBuffer: 64 << 20,
    });
  });
  const calls = (await control.calls({ since: before, service: "s3" })).filter(({ resource }) =>
    resource.includes(bucket),
  );
  const rows = (await Promise.all(HALVES.map((half) => linesOf(env, bucket, `UserA/output/${half}/`)))).flat();
  report.facts({ "S3 requests": counted(calls), "rows written": String(rows.length) });
  const wanted = fs.readFileSync(SAMPLE, "utf8").trim().split("\n").length;
  report.promise("every row of the data set is written once", new Set(rows).size === wanted, rows.length);
  const beyond = calls.filter(({ resource, denied, status }) => {
    const [, key] = resource.split(`${bucket}/`);
    return denied || status === 403 || (key !== undefined && !key.startsWith("UserA/"));
  });
  report.promise(
    "Spark's S3 client asks for nothing beyond UserA/, and is refused nothing",
    beyond.length === 0,
    beyond,
  );
}

/** Starts the job in SageMaker as a person does, from userA's space. */
export async function startJob(report: Report, userA: Env, outputs: AccessOutputs, key: string): Promise<void> {
  const { subnet_ids: subnets, security_group_ids: groups } = outputs.studio_network;
  const where = ["--bucket", outputs.data_bucket, "--scratch-bucket", outputs.scratch_bucket];
  const who = ["--user-profile", "userA", "--role-arn", outputs.studio_role_arns.userA];
  const network = ["--subnet-ids", ...subnets, "--security-group-ids", ...groups];
  const args = [...who, ...where, ...network, "--kms-key-id", key, "--wait"];
  report.command(`python run_processing_job.py ${args.join(" ")} # userA`);
  const { stdout } = await promisify(execFile)("python", [path.join(STUDIO, "run_processing_job.py"), ...args], {
    env: { ...process.env, ...userA } as NodeJS.ProcessEnv,
  });
  report.text(stdout.trim());
  const [, name = ""] = /^(\S+): Completed/m.exec(stdout) ?? [];
  const job = await aws<{ RoleArn: string; ProcessingJobStatus: string }>(
    userA,
    ...["sagemaker", "describe-processing-job", "--processing-job-name", name],
  );
  report.promise(
    "the job runs as userA's own role",
    job.RoleArn === outputs.studio_role_arns.userA && job.ProcessingJobStatus === "Completed",
    job,
  );
}

async function linesOf(env: Env, bucket: string, prefix: string): Promise<string[]> {
  const listed = ["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", `${prefix}part-`];
  const { Contents = [] } = await aws<{ Contents?: { Key: string }[] }>(env, ...listed);
  const lines: string[] = [];
  for (const { Key } of Contents) {
    const { stdout } = await promisify(execFile)("aws", ["s3", "cp", `s3://${bucket}/${Key}`, "-"], {
      env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    });
    lines.push(...stdout.split("\n").filter((line) => line !== ""));
  }
  return lines;
}

/** `HeadObject 404 × 12, PutObject 200 × 9, …` */
function counted(calls: readonly CallRecord[]): string {
  const counts = new Map<string, number>();
  for (const { operation, status } of calls) {
    const kind = `${operation} ${status}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, times]) => `${kind} × ${times}`).join(", ");
}
