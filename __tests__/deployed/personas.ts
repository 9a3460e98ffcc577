import { as, aws, type Env, outcome as outcomeOf } from "../../sandbox/walkthrough/clients";
import type { Deployed } from "./context";

type Persona = "userA" | "userB";

interface Domain {
  readonly SubnetIds: readonly string[];
  readonly DefaultUserSettings: { readonly SecurityGroups: readonly string[] };
}

/** What the roles that the product makes may do in Studio: their own spaces, what runs there, and jobs as themselves. */
export function personas(deployed: () => Deployed): void {
  let env: Readonly<Record<Persona, Env>>;
  let roles: Readonly<Record<Persona, string>>;
  let domain: string;

  beforeAll(async () => {
    const { sandbox, outputs } = deployed();
    roles = outputs.studio_role_arns;
    domain = outputs.studio_domain_id;
    env = { userA: await as(sandbox.env, roles.userA, "userA"), userB: await as(sandbox.env, roles.userB, "userB") };
  });

  const outcome = (who: Persona, operation: string, ...args: string[]): Promise<string> =>
    outcomeOf(env[who], "sagemaker", operation, ...args);
  const inDomain = (): string[] => ["--domain-id", domain];
  const named = (space: string): string[] => [...inDomain(), "--space-name", space];
  const owned = (space: string, owner: Persona, sharing = "Private"): string[] => [
    ...named(space),
    ...["--ownership-settings", `OwnerUserProfileName=${owner}`],
    ...["--space-sharing-settings", `SharingType=${sharing}`],
  ];
  const app = (space: string): string[] => [...named(space), "--app-type", "JupyterLab", "--app-name", "default"];

  test("each makes, uses and removes the own private space, and nobody another's", async () => {
    expect(await outcome("userA", "create-space", ...owned("lab", "userB"))).toBe("AccessDeniedException");
    expect(await outcome("userA", "create-space", ...owned("lab", "userA", "Shared"))).toBe("AccessDeniedException");
    expect(await outcome("userA", "create-space", ...owned("lab", "userA"))).toBe("ok");
    for (const [operation, args] of [
      ["create-app", app("lab")],
      ["delete-app", app("lab")],
      ["delete-space", named("lab")],
    ] as const) {
      expect([operation, await outcome("userB", operation, ...args)]).toEqual([operation, "AccessDeniedException"]);
      expect([operation, await outcome("userA", operation, ...args)]).toEqual([operation, "ok"]);
    }
  });

  test("each runs jobs as oneself and under the own name, in the network, and nobody reaches another's", async () => {
    const { SubnetIds, DefaultUserSettings } = await aws<Domain>(
      deployed().sandbox.env,
      ...["sagemaker", "describe-domain", ...inDomain()],
    );
    const place = { Subnets: SubnetIds, SecurityGroupIds: DefaultUserSettings.SecurityGroups };
    const job = (name: string, role: string, network: object = { VpcConfig: place }): string[] => [
      ...["--processing-job-name", name, "--role-arn", role, "--app-specification", "ImageUri=spark"],
      ...["--processing-resources", "ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=1}"],
      ...["--network-config", JSON.stringify(network), "--tags", "Key=a,Value=b"],
    ];
    for (const refused of [
      job("userA-job", roles.userB),
      job("userB-job", roles.userA),
      job("job", roles.userA),
      job("userA-job", roles.userA, {}),
      job("userA-job", roles.userA, { VpcConfig: { ...place, Subnets: ["subnet-0"] } }),
      job("userA-job", roles.userA, { VpcConfig: { ...place, SecurityGroupIds: ["sg-0"] } }),
    ]) {
      expect([refused, await outcome("userA", "create-processing-job", ...refused)]).toEqual([
        refused,
        "AccessDeniedException",
      ]);
    }
    expect(await outcome("userA", "create-processing-job", ...job("userA-job", roles.userA))).toBe("ok");
    for (const operation of ["describe-processing-job", "stop-processing-job"]) {
      const one = ["--processing-job-name", "userA-job"];
      expect([operation, await outcome("userB", operation, ...one)]).toEqual([operation, "AccessDeniedException"]);
      expect([operation, await outcome("userA", operation, ...one)]).toEqual([operation, "ok"]);
    }
    const group = ["--log-group-name", "/aws/sagemaker/ProcessingJobs"];
    const { logStreams } = await aws<{ logStreams: { logStreamName: string }[] }>(
      env.userA,
      ...["logs", "describe-log-streams", ...group, "--log-stream-name-prefix", "userA-job/"],
    );
    const read = ["logs", "get-log-events", ...group, "--log-stream-name", logStreams[0]!.logStreamName];
    expect((await aws<{ events: unknown[] }>(env.userA, ...read)).events).toHaveLength(1);
    await expect(aws(env.userB, ...read)).rejects.toThrow("AccessDeniedException");
  });
}
