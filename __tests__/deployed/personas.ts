import { as, aws, type Env } from "../../sandbox/walkthrough/clients";
import type { Deployed } from "./context";

type Persona = "userA" | "userB";

/** What the roles that the product makes may do in Studio: their own spaces, what runs there, and jobs as themselves. */
export function personas(deployed: () => Deployed): void {
  let env: Readonly<Record<Persona, Env>>;
  let roles: Readonly<Record<Persona, string>>;
  let domain: string;

  beforeAll(async () => {
    const { sandbox, outputs } = deployed();
    roles = outputs["studio_role_arns"] as unknown as typeof roles;
    domain = outputs["studio_domain_id"]!;
    env = { userA: await as(sandbox.env, roles.userA, "userA"), userB: await as(sandbox.env, roles.userB, "userB") };
  });

  /** `ok`, or the code of AWS's refusal. */
  const outcome = async (who: Persona, operation: string, ...args: string[]): Promise<string> => {
    try {
      await aws(env[who], "sagemaker", operation, ...args);
      return "ok";
    } catch (error) {
      return /\((\w+)\) when calling/.exec((error as Error).message)?.[1] ?? String(error);
    }
  };
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

  test("each runs jobs as oneself, and nobody as another", async () => {
    const job = (role: string): string[] => [
      ...["--processing-job-name", "userA-job", "--role-arn", role, "--app-specification", "ImageUri=spark"],
      ...["--processing-resources", "ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=1}"],
    ];
    expect(await outcome("userA", "create-processing-job", ...job(roles.userB))).toBe("AccessDeniedException");
    expect(await outcome("userA", "create-processing-job", ...job(roles.userA))).toBe("ok");
  });
}
