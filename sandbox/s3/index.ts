import { sessionsOf, type VendedSession } from "../access-grants/sessions";
import { awsError } from "../errors";
import type { Call, Reply, Service, Surroundings } from "../service";
import { type Access, accessesOf } from "./access";
import { BucketPolicies } from "./bucket-policy";
import { isWithin } from "./confinement";
import { deleteObjects } from "./delete-objects";

/**
 * S3 as moto has it, put right where it must be: credentials of S3 Access Grants reach only what was granted, and bucket
 * policies are kept as they were put. Objects themselves pass by unread.
 */
export function s3(surroundings: Surroundings): Service {
  const { moto, now } = surroundings;
  const { vended } = sessionsOf(surroundings);
  const policies = new BucketPolicies(moto);
  return {
    async handle(call: Call): Promise<Reply | undefined> {
      const session = vended.get(call.caller.accessKeyId);
      if (session !== undefined) {
        const reply = await confine(call, session, now(), moto);
        if (reply !== undefined) return reply;
      }
      return call.service === "s3" ? await policies.handle(call) : undefined;
    },
  };
}

/** The refusal of a call with vended credentials; undefined where they are good for it. */
async function confine(
  call: Call,
  session: VendedSession,
  time: Date,
  moto: Surroundings["moto"],
): Promise<Reply | undefined> {
  if (call.operation === "GetCallerIdentity") return undefined;
  if (time >= session.expiration) {
    const code = call.service === "s3" ? "ExpiredToken" : "ExpiredTokenException";
    return awsError(call, call.service === "s3" ? 400 : 403, code, "The provided token has expired.");
  }
  const denial = (access: Access) => (isWithin(session, access) ? undefined : reason(call, access));
  if (call.service === "s3" && call.operation === "DeleteObjects") {
    return (await deleteObjects(call, denial, moto)) ?? awsError(call, 400, "MalformedXML", MALFORMED);
  }
  const accesses = call.service === "s3" ? accessesOf(call) : undefined;
  const other = { action: `${call.service}:${call.operation}`, bucket: "" };
  const refused = accesses === undefined ? reason(call, other) : accesses.map(denial).find((one) => one !== undefined);
  return refused === undefined ? undefined : awsError(call, 403, "AccessDenied", refused);
}

const MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema";

function reason(call: Call, { action, bucket, key }: Access): string {
  const resource = bucket === "" ? "*" : `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
  return (
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: "${resource}" ` +
    `because no session policy allows the ${action} action`
  );
}
