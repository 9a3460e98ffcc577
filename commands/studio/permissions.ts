import { type ContextEntry, GetRoleCommand, type IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import {
  type AppDetails,
  type DescribeAppRequest,
  DescribeAppCommand,
  DescribeSpaceCommand,
  DescribeUserProfileCommand,
  ListTagsCommand,
} from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { type Contents, nameOfApp, nameOfSpace, ownerOf, pages, type Studio } from "./contents";

/** A deletion that is to come. */
interface Deletion {
  readonly what: string;
  readonly action: "sagemaker:DeleteApp" | "sagemaker:DeleteSpace";
  readonly arn: string;
  /** The space that it is about. */
  readonly spaceName: string | undefined;
}

/**
 * Asks IAM whether the caller may make every deletion, before the first one: SageMaker has no dry run.
 *
 * @returns a line for each that would be refused
 * @throws Error where the credentials are another account's
 */
export async function missingPermissions(
  clients: {
    readonly studio: Studio;
    readonly iam: Pick<IAMClient, "send">;
    readonly sts: Pick<STSClient, "send">;
  },
  account: string,
  contents: Contents,
): Promise<string[]> {
  const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
  if (identity.Account !== account) {
    throw new Error(`The credentials are for account ${identity.Account}, the domain is in ${account}`);
  }
  const principal = await principalOf(clients.iam, identity.Arn!);
  if (principal === undefined) return [];
  const problems: string[] = [];
  for (const deletion of await deletions(clients.studio, contents)) {
    const context = await contextOf(clients.studio, contents, deletion);
    const { EvaluationResults = [] } = await clients.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: principal,
        ActionNames: [deletion.action],
        ResourceArns: [deletion.arn],
        ContextEntries: context,
      }),
    );
    const [result] = EvaluationResults;
    if (result?.EvalDecision === "allowed") continue;
    const missing = result?.MissingContextValues ?? [];
    const unknown = missing.length > 0 ? `; not known to the simulation: ${missing.join(", ")}` : "";
    problems.push(`${deletion.what}: ${principal} may not ${deletion.action} (${result?.EvalDecision}${unknown})`);
  }
  return problems;
}

/** The user or role that IAM can simulate; nothing for the account's root user, whom no policy of an account limits. */
async function principalOf(iam: Pick<IAMClient, "send">, arn: string): Promise<string | undefined> {
  if (arn.endsWith(":root")) return undefined;
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  // The ARN of a session does not have the role's path.
  return role === undefined ? arn : (await iam.send(new GetRoleCommand({ RoleName: role }))).Role!.Arn;
}

async function deletions(studio: Studio, { domainId: DomainId, apps, spaces }: Contents): Promise<Deletion[]> {
  const ofApps = apps.map(async (app): Promise<Deletion> => {
    const { AppArn } = await studio.send(new DescribeAppCommand({ DomainId, ...keyOf(app) }));
    return { what: nameOfApp(app), action: "sagemaker:DeleteApp", arn: AppArn!, spaceName: app.SpaceName };
  });
  const ofSpaces = spaces.map(async (space): Promise<Deletion> => {
    const { SpaceName } = space;
    const { SpaceArn } = await studio.send(new DescribeSpaceCommand({ DomainId, SpaceName }));
    return { what: nameOfSpace(space), action: "sagemaker:DeleteSpace", arn: SpaceArn!, spaceName: SpaceName };
  });
  return await Promise.all([...ofApps, ...ofSpaces]);
}

/** What an application is named by, beside its domain: SageMaker takes its space or, without one, its profile. */
export const keyOf = ({
  AppType,
  AppName,
  SpaceName,
  UserProfileName,
}: AppDetails): Omit<DescribeAppRequest, "DomainId"> => ({
  AppType,
  AppName,
  ...(SpaceName === undefined ? { UserProfileName } : { SpaceName }),
});

/**
 * The condition keys that SageMaker gives to a deletion
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html).
 */
async function contextOf(studio: Studio, contents: Contents, { arn, spaceName }: Deletion): Promise<ContextEntry[]> {
  const space = contents.spaces.find(({ SpaceName }) => SpaceName === spaceName);
  const owner = space && ownerOf(space);
  const profile =
    owner === undefined
      ? undefined
      : await studio.send(new DescribeUserProfileCommand({ DomainId: contents.domainId, UserProfileName: owner }));
  const tags = await pages(async (NextToken) => {
    const page = await studio.send(new ListTagsCommand({ ResourceArn: arn, NextToken }));
    return [page.Tags, page.NextToken];
  });
  const values: ReadonlyArray<readonly [key: string, value: string | undefined]> = [
    ["sagemaker:OwnerUserProfileArn", profile?.UserProfileArn],
    ["sagemaker:SpaceSharingType", space?.SpaceSharingSettingsSummary?.SharingType],
    ...tags.flatMap(({ Key, Value }) =>
      ["aws", "sagemaker"].map((service) => [`${service}:ResourceTag/${Key}`, Value] as const),
    ),
  ];
  return values
    .filter(([, value]) => value !== undefined)
    .map(([ContextKeyName, value]) => ({ ContextKeyName, ContextKeyType: "string", ContextKeyValues: [value!] }));
}
