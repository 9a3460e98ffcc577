import { GetParameterCommand, GetParametersByPathCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { type Config, readProjects } from "./config";
import { digestOf, sha256 } from "./policies/digest";

/**
 * Reads the policy set's texts from SSM, by id.
 *
 * @throws where it cannot be read, or is not the one that the settings name
 */
export async function readPolicyTexts(
  client: Pick<SSMClient, "send">,
  config: Config,
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetParametersByPathCommand({ Path: config.policiesPath, MaxResults: 10, NextToken }),
    );
    for (const { Name = "", Value = "" } of page.Parameters ?? []) texts[Name.slice(Name.lastIndexOf("/") + 1)] = Value;
    NextToken = page.NextToken;
  } while (NextToken);
  const digest = digestOf(texts);
  if (digest !== config.digest) {
    const count = Object.keys(texts).length;
    throw new Error(
      `The ${count} policies under ${config.policiesPath} hash to ${digest}: they are not the set that was deployed`,
    );
  }
  return texts;
}

/**
 * Reads the publishing projects that the approver decides for.
 *
 * @throws where they cannot be read, or are not those that the settings name
 */
export async function readPublishingProjects(
  client: Pick<SSMClient, "send">,
  config: Config,
): Promise<ReadonlySet<string>> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: config.projectsParameter }));
  const value = Parameter?.Value ?? "";
  const digest = sha256(value);
  if (!config.projectsParameter.endsWith(`/${digest}`)) {
    throw new Error(
      `The publishing projects in ${config.projectsParameter} hash to ${digest}: they are not those that were deployed`,
    );
  }
  return readProjects(value);
}
