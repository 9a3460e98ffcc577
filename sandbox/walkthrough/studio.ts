import { execFile } from "node:child_process";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { AccessOutputs } from "./access";
import { as, aws, type Env, outcome } from "./clients";
import type { Report } from "./report";
import type { World } from "./world";

const ROOT = path.resolve(__dirname, "../..");
const SPACE = "userA-notebook";

/**
 * Where people begin: they sign in as themselves, and make a space of their own. It is there, with JupyterLab running, until
 * `emptyStudio`.
 */
export async function openStudio(
  report: Report,
  env: Env,
  { people }: World["account"],
  outputs: AccessOutputs,
): Promise<void> {
  report.part("userA opens Studio");
  const { studio_domain_id: domain, studio_role_arns: roles, studio_sign_in_policies: policies } = outputs;
  const signIn = async (name: "userA" | "userB"): Promise<Env> => {
    const role = ["--role-name", people[name].split("/").at(-1)!];
    const policy = ["--policy-name", "sign-in", "--policy-document", policies[name]];
    await aws(env, "iam", "put-role-policy", ...role, ...policy);
    return await as(env, people[name], name);
  };
  const [person, userA, userB] = await Promise.all([
    signIn("userA"),
    as(env, roles.userA, "userA"),
    as(env, roles.userB, "userB"),
    signIn("userB"),
  ]);
  const inDomain = ["--domain-id", domain];

  const url = (profile: string): string[] => [
    ...["sagemaker", "create-presigned-domain-url", ...inDomain, "--user-profile-name", profile],
  ];
  report.command(`aws ${url("userA").join(" ")} # userA, by her own policy`);
  const { AuthorizedUrl } = await aws<{ AuthorizedUrl: string }>(person, ...url("userA"));
  report.facts({ url: AuthorizedUrl.replace(/token=.*/, "token=…") });
  const other = await outcome(person, ...url("userB"));
  report.promise("userA signs in as userA, and as nobody else", other === "AccessDeniedException", other);

  const named = [...inDomain, "--space-name", SPACE];
  const space = [
    ...["sagemaker", "create-space", ...named, "--space-settings", "AppType=JupyterLab"],
    ...["--ownership-settings", "OwnerUserProfileName=userA", "--space-sharing-settings", "SharingType=Private"],
  ];
  const app = ["--app-type", "JupyterLab", "--app-name", "default"];
  const start = ["sagemaker", "create-app", ...named, ...app, "--resource-spec", "InstanceType=ml.t3.medium"];
  const tried: Record<string, string> = {};
  for (const request of [space, start]) {
    report.command(`aws ${request.join(" ")}`);
    for (const [who, by] of [
      ["userB", userB],
      ["userA", userA],
    ] as const) {
      tried[`${request[1]} as ${who}`] = await outcome(by, ...request);
    }
  }
  report.facts(tried);
  const { Status } = await aws<{ Status: string }>(userA, "sagemaker", "describe-app", ...named, ...app);
  report.promise(
    "userA makes a private space and starts JupyterLab with her own role; userB's is refused",
    Object.entries(tried).every(([what, got]) => got === (what.endsWith("userA") ? "ok" : "AccessDeniedException")) &&
      Status === "InService",
    { ...tried, Status },
  );
}

/** The documented way to take down a domain in which people still work (docs/operations.md, "Removing it"). */
export async function emptyStudio(report: Report, env: Env, folder: string, domain: string): Promise<void> {
  const { DomainName } = await aws<{ DomainName: string }>(env, "sagemaker", "describe-domain", "--domain-id", domain);
  const studio = async (...args: string[]): Promise<string> => {
    report.command(`npm run studio -- ${args.join(" ")} --folder cdktf.out/stacks/sandbox`);
    const run = ["run", "--silent", "studio", "--", ...args, "--folder", folder, "--domain", DomainName];
    const { stdout } = await promisify(execFile)("npm", run, { cwd: ROOT, env: withLocalhost(env) });
    report.text(stdout.trim());
    return stdout;
  };
  const there = await studio("list");
  report.promise(
    "what people left running is told before a destroy",
    there.includes(`space ${SPACE} (of userA`),
    there,
  );
  const deleted = await studio("empty", "--confirm", DomainName);
  for (const group of ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/studio"]) {
    const remove = ["logs", "delete-log-group", "--log-group-name", group];
    report.command(`aws ${remove.join(" ")}`);
    await aws(env, ...remove);
  }
  const both = [`Deleted: app JupyterLab/default in space ${SPACE}`, `Deleted: space ${SPACE}`];
  report.promise(
    "what people left running is deleted once that is confirmed",
    both.every((line) => deleted.includes(line)),
    deleted,
  );
}

/** S3 Control puts the account before its host, and names below localhost lead nowhere on many machines. */
const withLocalhost = (env: Env): NodeJS.ProcessEnv => ({
  ...process.env,
  ...env,
  AWS_ENDPOINT_URL_S3_CONTROL: env["AWS_ENDPOINT_URL"]!.replace("127.0.0.1", "localhost"),
  NODE_OPTIONS: `--import ${pathToFileURL(path.join(__dirname, "localhost.mjs")).href}`,
});
