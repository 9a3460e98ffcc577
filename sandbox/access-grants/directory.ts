import { z } from "zod";
import { awsError } from "../errors";
import type { Call, Reply } from "../service";
import type { DirectoryIdentity, Sessions } from "./sessions";

const PROVIDER = /^arn:[^:]+:iam::aws:contextProvider\/IdentityCenter$/;

/**
 * Remembers who stands behind a role session that carries an identity context, as an application makes it with
 * AssumeRole's ProvidedContexts
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_sts-setcontext.html). The real
 * assertion is opaque; here it is base64 of `{ "userId", "groupIds", "applicationArn" }`.
 */
export async function rememberContext(
  call: Call,
  sessions: Sessions,
  moto: (call: Call) => Promise<Reply>,
): Promise<Reply | undefined> {
  if (call.service !== "sts" || call.operation !== "AssumeRole") return undefined;
  const form = new URLSearchParams(call.body.toString());
  const assertion = form.get("ProvidedContexts.member.1.ContextAssertion");
  if (assertion === null || !PROVIDER.test(form.get("ProvidedContexts.member.1.ProviderArn") ?? "")) return undefined;
  const identity = decoded(assertion);
  if (identity === undefined) {
    return awsError(call, 400, "ValidationError", "The context assertion is not one that this sandbox plays.");
  }
  const reply = await moto(call);
  const key = /<AccessKeyId>([^<]+)/.exec(reply.body?.toString() ?? "")?.[1];
  if (key !== undefined) sessions.directory.set(key, identity);
  return reply;
}

const IDENTITY = z.object({
  userId: z.string(),
  groupIds: z.array(z.string()).default([]),
  applicationArn: z.string().exactOptional(),
});

function decoded(assertion: string): DirectoryIdentity | undefined {
  try {
    return IDENTITY.parse(JSON.parse(Buffer.from(assertion, "base64").toString()));
  } catch {
    return undefined;
  }
}
