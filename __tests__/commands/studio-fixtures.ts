import type { State } from "../../commands/studio/deployment";
import { awsError, FakeAws } from "../functions/approver/fake";

export const ACCOUNT = "123456789012";

/** A state with a domain, its personas and its grants, in the modules that Terraform keeps them in. */
export function stateOf(domain: { id: string; name: string }, profiles: readonly string[], more: object[] = []): State {
  const managed = (type: string, values: object) => ({ mode: "managed", type, values: { ...values } });
  const resources = [
    managed("aws_sagemaker_domain", {
      id: domain.id,
      domain_name: domain.name,
      arn: `arn:aws:sagemaker:us-east-1:${ACCOUNT}:domain/${domain.id}`,
    }),
    ...profiles.map((user_profile_name) =>
      managed("aws_sagemaker_user_profile", { domain_id: domain.id, user_profile_name }),
    ),
  ];
  return {
    values: {
      root_module: {
        resources: [{ mode: "data", type: "aws_caller_identity", values: {} }],
        child_modules: [{ resources: [] }, { child_modules: [{ resources: [...resources, ...(more as never[])] }] }],
      },
    },
  };
}

export const made = (type: string, values: object): object => ({ mode: "managed", type, values });

interface Space {
  SpaceName: string;
  OwnershipSettingsSummary?: { OwnerUserProfileName: string };
  SpaceSharingSettingsSummary?: { SharingType: string };
  SpaceSettingsSummary?: object;
  Status: string;
}
interface App {
  AppType: string;
  AppName: string;
  SpaceName?: string;
  UserProfileName?: string;
  Status: string;
}

export const space = (SpaceName: string, owner?: string, change: Partial<Space> = {}): Space => ({
  SpaceName,
  ...(owner !== undefined && { OwnershipSettingsSummary: { OwnerUserProfileName: owner } }),
  SpaceSharingSettingsSummary: { SharingType: "Private" },
  SpaceSettingsSummary: { SpaceStorageSettings: { EbsStorageSettings: { EbsVolumeSizeInGb: 20 } } },
  Status: "InService",
  ...change,
});
export const app = (SpaceName: string, change: Partial<App> = {}): App => ({
  AppType: "JupyterLab",
  AppName: "default",
  SpaceName,
  Status: "InService",
  ...change,
});

/** SageMaker with one domain, as slow and as stubborn as it may be; IAM, STS and S3 Access Grants beside it. */
export class FakeStudio extends FakeAws {
  profiles = ["userA", "userB"];
  spaces: Space[] = [];
  apps: App[] = [];
  grants: object[] = [];
  locations: object[] = [];
  account = ACCOUNT;
  caller = `arn:aws:sts::${ACCOUNT}:assumed-role/admin/me`;
  /** How often a thing is still there when looked at after its deletion. */
  looks = 2;
  decide: (action: string, arn: string, context: Record<string, string>) => string = () => "allowed";

  constructor() {
    super();
    const dying = new Map<object, number>();
    const live = <T extends object>(things: T[]): T[] =>
      things.flatMap((thing) => {
        const left = dying.get(thing);
        if (left === undefined) return [thing];
        dying.set(thing, left - 1);
        return left > 0 ? [{ ...thing, Status: "Deleting" }] : [];
      });
    const paged = (things: () => readonly object[], name: string) => (input: Record<string, unknown>) => {
      const start = Number(input["NextToken"] ?? 0);
      const all = things();
      const NextToken = start + 2 < all.length ? String(start + 2) : undefined;
      return { [name]: all.slice(start, start + 2), NextToken };
    };
    const arn = (...parts: unknown[]) => `arn:aws:sagemaker:us-east-1:${ACCOUNT}:${parts.join("/").toLowerCase()}`;
    this.on("DescribeDomain", () => ({ DomainName: "Product" }))
      .on(
        "ListUserProfiles",
        paged(() => this.profiles.map((UserProfileName) => ({ UserProfileName })), "UserProfiles"),
      )
      .on("ListSpaces", (input) => paged(() => (input["NextToken"] ? this.spaces : live(this.spaces)), "Spaces")(input))
      .on("ListApps", (input) => paged(() => (input["NextToken"] ? this.apps : live(this.apps)), "Apps")(input))
      .on("DescribeApp", ({ DomainId, SpaceName, UserProfileName, AppType, AppName }) => ({
        AppArn: arn("app", DomainId, SpaceName ?? UserProfileName, AppType, AppName),
      }))
      .on("DescribeSpace", ({ DomainId, SpaceName }) => ({ SpaceArn: arn("space", DomainId, SpaceName) }))
      .on("DescribeUserProfile", ({ DomainId, UserProfileName }) => ({
        UserProfileArn: arn("user-profile", DomainId, UserProfileName),
      }))
      .on("ListTags", () => ({ Tags: [{ Key: "team", Value: "product" }] }))
      .on("DeleteApp", ({ SpaceName, UserProfileName, AppName }) => {
        const one = this.apps.find(
          (app) => app.AppName === AppName && app.SpaceName === SpaceName && app.UserProfileName === UserProfileName,
        );
        if (!one) throw awsError("ResourceNotFound", 400);
        dying.set(one, this.looks);
        return {};
      })
      .on("DeleteSpace", ({ SpaceName }) => {
        if (live(this.apps).some((one) => one.SpaceName === SpaceName)) throw awsError("ResourceInUse", 400);
        const one = this.spaces.find((space) => space.SpaceName === SpaceName);
        if (!one) throw awsError("ResourceNotFound", 400);
        dying.set(one, this.looks);
        return {};
      })
      .on("GetCallerIdentity", () => ({ Account: this.account, Arn: this.caller }))
      .on("GetRole", ({ RoleName }) => ({ Role: { Arn: `arn:aws:iam::${ACCOUNT}:role/path/${String(RoleName)}` } }))
      .on("SimulatePrincipalPolicy", ({ ActionNames, ResourceArns, ContextEntries }) => {
        const entries = ContextEntries as { ContextKeyName: string; ContextKeyValues: string[] }[];
        const context = Object.fromEntries(entries.map((one) => [one.ContextKeyName, one.ContextKeyValues[0]!]));
        const EvalDecision = this.decide((ActionNames as string[])[0]!, (ResourceArns as string[])[0]!, context);
        return { EvaluationResults: [{ EvalDecision }] };
      })
      .on(
        "ListAccessGrants",
        paged(() => this.grants, "AccessGrantsList"),
      )
      .on(
        "ListAccessGrantsLocations",
        paged(() => this.locations, "AccessGrantsLocationsList"),
      );
  }
}
