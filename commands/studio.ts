import { parseArgs } from "node:util";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3ControlClient } from "@aws-sdk/client-s3-control";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { STSClient } from "@aws-sdk/client-sts";
import { didYouMean } from "../constructs/inputs/nearest";
import { NotUnderstood } from "./program/exit";
import { runCommand } from "./run";
import { type Contents, nameOfApp, nameOfSpace, readContents, same } from "./studio/contents";
import { type Deployment, deploymentIn, readState, type State } from "./studio/deployment";
import { empty, fiveSeconds, type Pause } from "./studio/empty";
import { foreignGrants } from "./studio/foreign";
import { hindrances } from "./studio/hindrances";
import { missingPermissions } from "./studio/permissions";

const USAGE = `What people made in Studio keeps a domain or a user profile from being deleted: lists it, and deletes it.

  npm run studio -- list  [--folder <folder>] [--domain <name>] [--persona <profile>]
  npm run studio -- empty [--folder <folder>] [--domain <name>] [--persona <profile>] [--confirm <name of the domain>]

  list       says what is there, and what of it is in the way of a destroy
  empty      deletes the applications and then the spaces, WITH THEIR VOLUMES; home directories and buckets stay
  --folder   where Terraform runs, of an environment cdktf.out/stacks/<environment>; default: here
  --domain   which domain, where the state has several
  --persona  of one user profile only, before it is taken off; default: the whole domain, before it is destroyed
  --confirm  the domain's name: without it nothing is deleted

What is somebody else's is told and never deleted: user profiles, S3 Access Grants and locations that are not in the state.
Everything is checked before the first deletion. Uses the AWS credentials of the environment, of the domain's account. They need
sagemaker:Describe*, List*, DeleteApp and DeleteSpace, s3:ListAccessGrants, s3:ListAccessGrantsLocations, iam:GetRole and
iam:SimulatePrincipalPolicy.`;

/** What the command talks to. */
export interface World {
  readonly readState: (folder: string) => Promise<State>;
  /** Clients in the domain's Region. */
  readonly connect: (region: string) => {
    readonly studio: Pick<SageMakerClient, "send">;
    readonly s3: Pick<S3ControlClient, "send">;
    readonly iam: Pick<IAMClient, "send">;
    readonly sts: Pick<STSClient, "send">;
  };
  readonly pause: Pause;
}

const AWS: World = {
  readState,
  connect: (region) => ({
    // A domain with many spaces is asked about more often than the default of three tries bears.
    studio: new SageMakerClient({ region, maxAttempts: 10 }),
    s3: new S3ControlClient({ region }),
    iam: new IAMClient({ region, maxAttempts: 10 }),
    sts: new STSClient({ region }),
  }),
  pause: fiveSeconds,
};

/**
 * The command `npm run studio`.
 *
 * @param print takes the output, line by line
 * @throws Error for the person where something is wrong; nothing is lost then, unless it says what was deleted
 */
export async function studio(args: string[], print: (line: string) => void, world = AWS): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      folder: { type: "string", default: "." },
      domain: { type: "string" },
      persona: { type: "string" },
      confirm: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(USAGE);
  const [verb, ...surplus] = positionals;
  if ((verb !== "list" && verb !== "empty") || surplus.length > 0) {
    throw new NotUnderstood(`Say what to do: list or empty.${didYouMean(verb ?? "", ["list", "empty"])}\n\n${USAGE}`);
  }
  const { persona } = values;
  const deployment = deploymentIn(await world.readState(values.folder), values.domain);
  const clients = world.connect(deployment.region);
  const contents = await readContents(clients.studio, deployment.domainId, persona);
  if (persona !== undefined && !contents.profiles.some((profile) => same(profile, persona))) {
    throw new NotUnderstood(
      `--persona ${persona}: the domain has no such user profile, but: ${contents.profiles.join(", ")}.${didYouMean(persona, contents.profiles)}`,
    );
  }
  tell(deployment, contents, print);
  const problems = [
    ...hindrances(deployment, contents, persona),
    ...(persona === undefined ? await grantsInTheWay(clients.s3, deployment) : []),
    ...(await missingPermissions(clients, deployment.account, contents)),
  ];
  if (verb === "list") return problems.forEach((problem) => print(`In the way: ${problem}`));
  if (problems.length > 0) throw new Error(`Nothing was deleted. In the way:\n${problems.join("\n")}`);
  const { apps, spaces, domainName } = contents;
  if (apps.length + spaces.length === 0) return;
  if (values.confirm !== domainName) {
    throw new Error(
      `Nothing was deleted yet. Deleting the spaces above also deletes their volumes with everything on them. If you want that, repeat the command with --confirm ${JSON.stringify(domainName)}`,
    );
  }
  await empty(clients.studio, contents, persona, print, world.pause);
}

const grantsInTheWay = async (s3: Pick<S3ControlClient, "send">, deployment: Deployment): Promise<string[]> =>
  (await foreignGrants(s3, deployment)).map(
    (one) => `${one}: Terraform did not make it; whoever did must delete it first`,
  );

function tell({ region }: Deployment, contents: Contents, print: (line: string) => void): void {
  const { apps, spaces, domainName, domainId } = contents;
  print(`Domain ${domainName} (${domainId}, ${region}): ${spaces.length} spaces, ${apps.length} apps`);
  apps.forEach((app) => print(`  ${nameOfApp(app)}: ${app.Status}`));
  spaces.forEach((space) => print(`  ${nameOfSpace(space)}: ${space.Status}`));
}

if (require.main === module) runCommand((args, print) => studio(args, print));
