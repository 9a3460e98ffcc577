import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import type { Env } from "./clients";
import type { Report } from "./report";

const STUDIO = path.resolve(__dirname, "../../examples/studio");

/** A profile of the deployment's outputs in `~/.aws/config`, and the AWS CLI: as userA, and as userB with userA's profile. */
export async function useAnyTool(
  report: Report,
  userA: Env,
  userB: Env,
  profile: string,
  bucket: string,
): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), "walkthrough-"));
  try {
    const config = path.join(home, "config");
    // The home directory of a space is not there.
    await writeFile(config, profile.replace("/home/sagemaker-user", STUDIO));
    const [, name = ""] = /^\[profile (.+)\]/.exec(profile) ?? [];
    const args = ["--profile", name, "s3", "cp", `s3://${bucket}/UserA/abalone.csv`, "-"];
    const read = (env: Env): Promise<string> =>
      promisify(execFile)("aws", args, { env: { ...process.env, ...env, HOME: home, AWS_CONFIG_FILE: config } }).then(
        ({ stdout }) => stdout,
        ({ stderr }: { stderr: string }) => stderr,
      );
    const [asA, asB] = await Promise.all([read(userA), read(userB)]);
    report.command(`aws ${args.join(" ")} # with the output aws_profiles in ~/.aws/config`);
    report.facts({ userA: asA.split("\n")[0]!, userB: asB.trim() });
    report.promise(
      "any AWS tool reads with one profile of the outputs as userA, and is denied as userB",
      /^[MFI],/.test(asA) && asB.includes("denied: READWRITE on s3://"),
      { asA: asA.slice(0, 500), asB },
    );
  } finally {
    await rm(home, { recursive: true });
  }
}
