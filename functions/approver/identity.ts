import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";

/** The ARN of the role session that the function runs as. */
export async function whoAmI(settings: STSClientConfig): Promise<string> {
  const { Arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  if (!Arn) throw new Error("STS does not say who the function is");
  return Arn;
}
