import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { aws, python } from "../../sandbox/walkthrough/clients";
import { makeWorld, type World } from "../../sandbox/walkthrough/world";
import { ROOT, temporary } from "../modules/support/examples";
import { type Planned, succeedWith } from "../support/terraform";
import { writeRoot } from "./examples";
import { Website } from "./website";

type Inventory = Readonly<Record<string, readonly string[]>>;

/** A user and a group of Identity Center. */
export class Directory {
  constructor(
    readonly visitor: string,
    readonly auditors: string,
  ) {}

  /** What a session of somebody carries, as the sandbox plays it. */
  get asVisitor(): object {
    return { userId: this.visitor };
  }
  get asAuditor(): object {
    return { userId: "somebody", groupIds: [this.auditors] };
  }
}

const INVENTORY = path.join(ROOT, "sandbox", "walkthrough", "inventory.py");
const SAMPLE = path.join(ROOT, "sandbox", "data", "abalone-sample.csv");
const IDENTITY_STORE = "d-0123456789";
const IDENTITY_CENTER = "arn:aws:sso:::instance/ssoins-0123456789abcdef";

/** The root of all complete examples, in a sandbox of its own. */
export class DrivenRoot {
  private readonly folder = temporary();

  private constructor(
    readonly sandbox: Sandbox,
    readonly world: World,
    readonly directory: Directory,
    readonly website: Website,
    private readonly before: Inventory,
  ) {}

  static async open(): Promise<DrivenRoot> {
    const sandbox = await startSandbox({ timeScale: 120 });
    let website: Website | undefined;
    try {
      const world = await makeWorld(sandbox);
      const { env } = sandbox;
      const directory = await makeDirectory(sandbox);
      website = await Website.open(fs.readFileSync(SAMPLE));
      const more = await python<More>(env, path.join(__dirname, "catalog.py"), JSON.stringify(world.catalog));
      const catalog = {
        ...world.catalog,
        projects: { ...world.catalog.projects, ...more.projects },
        listings: { ...world.catalog.listings, ...more.listings },
      };
      const before = await python<Inventory>(env, INVENTORY);
      const root = new DrivenRoot(sandbox, { ...world, catalog }, directory, website, before);
      root.write(more);
      return root;
    } catch (error) {
      await website?.close();
      await sandbox.stop();
      throw error;
    }
  }

  private write({ deploymentRole }: More): void {
    writeRoot(this.folder);
    const { catalog, settings } = this.world;
    const world = {
      auditors: this.directory.auditors,
      visitor: this.directory.visitor,
      deployment_role: deploymentRole,
      domain: catalog.domain,
      domain_unit: catalog.domainUnit,
      identity_center: IDENTITY_CENTER,
      identity_store: IDENTITY_STORE,
      projects: catalog.projects,
      samples: settings["SANDBOX_DATASET_BUCKET"],
      sha256: createHash("sha256").update(fs.readFileSync(SAMPLE)).digest("hex"),
      website: this.website.origin,
    };
    fs.writeFileSync(path.join(this.folder, "world.auto.tfvars.json"), JSON.stringify({ world }));
  }

  /** Makes all of it. @returns the root's output, by example. @throws Error with what Terraform says where it fails */
  async apply<T>(): Promise<T> {
    await this.terraform("init");
    await this.terraform("apply", "-auto-approve");
    return (JSON.parse(await this.terraform("output", "-json")) as { made: { value: T } }).made.value;
  }

  /** What another apply would do: actions by address. */
  async changes(): Promise<Readonly<Record<string, readonly string[]>>> {
    await this.terraform("plan", "-out=plan");
    const { resource_changes } = JSON.parse(await this.terraform("show", "-json", "plan")) as {
      readonly resource_changes: readonly Planned[];
    };
    const changed = resource_changes.filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op");
    return Object.fromEntries(changed.map(({ address, change }) => [address, change.actions]));
  }

  async destroy(): Promise<void> {
    await this.terraform("destroy", "-auto-approve");
  }

  /** The addresses in Terraform's state, data sources left out. */
  async resources(): Promise<string[]> {
    const listed = await this.terraform("state", "list");
    return listed.split("\n").filter((address) => address !== "" && !/(^|\.)data\./.test(address));
  }

  /**
   * Deletes the home directories of domains that are gone and kept them (`home_file_system = "Retain"`), and what SageMaker made around
   * them, which keeps their subnets.
   */
  async deleteKeptHomes(): Promise<void> {
    const { env } = this.sandbox;
    const { FileSystems } = await aws<{ FileSystems: { FileSystemId: string }[] }>(env, "efs", "describe-file-systems");
    for (const { FileSystemId } of FileSystems) {
      const home = ["--file-system-id", FileSystemId];
      const { MountTargets } = await aws<{ MountTargets: { MountTargetId: string }[] }>(
        env,
        ...["efs", "describe-mount-targets", ...home],
      );
      for (const { MountTargetId } of MountTargets)
        await aws(env, "efs", "delete-mount-target", "--mount-target-id", MountTargetId);
      await aws(env, "efs", "delete-file-system", ...home);
    }
    const { SecurityGroups } = await aws<{ SecurityGroups: { GroupId: string; GroupName: string }[] }>(
      env,
      ...["ec2", "describe-security-groups"],
    );
    for (const { GroupId, GroupName } of SecurityGroups)
      if (/^security-group-for-(in|out)bound-nfs-/.test(GroupName))
        await aws(env, "ec2", "delete-security-group", "--group-id", GroupId);
  }

  /** What exists in the account that did not before, by kind. */
  async left(): Promise<string[]> {
    const now = await python<Inventory>(this.sandbox.env, INVENTORY);
    return Object.entries(now).flatMap(([kind, names]) =>
      names.filter((name) => !this.before[kind]?.includes(name)).map((name) => `${kind}: ${name}`),
    );
  }

  async close(): Promise<void> {
    await this.website.close();
    await this.sandbox.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private terraform(...args: string[]): Promise<string> {
    return succeedWith(this.sandbox.env, this.folder, ...args);
  }
}

interface More {
  readonly projects: Readonly<Record<"pricing" | "offers", string>>;
  readonly listings: Readonly<Record<string, string>>;
  readonly deploymentRole: string;
}

async function makeDirectory({ env }: Sandbox): Promise<Directory> {
  const store = ["--identity-store-id", IDENTITY_STORE];
  const { GroupId } = await aws<{ GroupId: string }>(
    env,
    ...["identitystore", "create-group", ...store, "--display-name", "Auditors"],
  );
  const { UserId } = await aws<{ UserId: string }>(
    env,
    ...["identitystore", "create-user", ...store, "--user-name", "visitor", "--display-name", "Visitor"],
    ...["--name", "GivenName=Vera,FamilyName=Visitor"],
  );
  return new Directory(UserId, GroupId);
}
