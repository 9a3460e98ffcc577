import { GetParametersByPathCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { type Config, readProjects } from "./config";
import { digestOf } from "./policies/digest";

type SSM = Pick<SSMClient, "send">;

/**
 * Reads the policy set's texts from SSM, by id.
 *
 * @throws if the set cannot be read, or has another digest than the settings say
 */
export const readPolicyTexts = (client: SSM, config: Config): Promise<Readonly<Record<string, string>>> =>
  readSet(client, config.policiesPath, (count) => `The ${count} policies`);

/**
 * Reads the publishing projects that the approver decides for.
 *
 * @throws if they cannot be read, or have another digest than the settings say
 */
export async function readPublishingProjects(client: SSM, config: Config): Promise<ReadonlySet<string>> {
  const lists = await readSet(client, config.projectsPath, (count) => `The ${count} lists of publishing projects`);
  return readProjects(Object.values(lists));
}

/** The parameters below a path by the last parts of their names. The path ends in their digest. */
async function readSet(
  client: SSM,
  path: string,
  called: (count: number) => string,
): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetParametersByPathCommand({ Path: path, MaxResults: 10, NextToken }));
    for (const { Name = "", Value = "" } of page.Parameters ?? []) texts[Name.slice(Name.lastIndexOf("/") + 1)] = Value;
    NextToken = page.NextToken;
  } while (NextToken);
  const digest = digestOf(texts);
  if (!path.endsWith(`/${digest}`)) {
    const what = called(Object.keys(texts).length);
    throw new Error(
      `${what} under ${path} have the digest ${digest}, not the one in the path: they were changed after they were deployed. Deploy them again`,
    );
  }
  return texts;
}
