import { sessionsOf, type VendedSession } from "../access-grants/sessions";
import { inIam } from "../authorization/access";
import { awsError } from "../errors";
import type { Call, Reply, Service, Surroundings } from "../service";
import { type Access, accessesOf } from "./access";
import { BucketPolicies } from "./bucket-policy";
import { isWithin } from "./confinement";
import { deleteObjects } from "./delete-objects";
import { KeyUse } from "./encryption";
import { BucketRegions } from "./region";

/**
 * S3 as moto has it, put right where it must be: credentials of S3 Access Grants reach only what was granted, each key of
 * DeleteObjects is judged, and bucket policies are kept as they were put. Objects themselves pass by unread.
 */
export function s3(surroundings: Surroundings): Service {
  const { moto, now, refusal } = surroundings;
  const { vended } = sessionsOf(surroundings);
  const policies = new BucketPolicies(surroundings);
  const regions = new BucketRegions(surroundings);
  const keys = new KeyUse(surroundings);
  const passed = async (call: Call): Promise<Reply> => {
    const reply = await moto(call);
    keys.note(call, reply);
    return reply;
  };
  return {
    async handle(call: Call): Promise<Reply | undefined> {
      const session = vended.get(call.caller.accessKeyId);
      const refused = session && confine(call, session, now());
      if (refused !== undefined) return refused;
      if (call.service !== "s3") return undefined;
      const redirect = await regions.redirect(call);
      if (redirect !== undefined) return redirect;
      if (call.operation !== "DeleteObjects" || call.caller.roleArn === undefined) {
        const encrypted = await keys.asBucketSays(call);
        return (await keys.refuse(encrypted)) ?? (await policies.handle(encrypted)) ?? (await passed(encrypted));
      }
      const denial = async (access: Access): Promise<string | undefined> => {
        if (session !== undefined && !isWithin(session, access)) return reason(call, access, UNCONFINED);
        const why = await refusal(call.caller, inIam(access));
        return why === undefined ? undefined : reason(call, access, why);
      };
      return (await deleteObjects(call, denial, moto)) ?? awsError(call, 400, "MalformedXML", MALFORMED);
    },
    complete: (call, reply) => regions.tell(call, reply),
  };
}

/** The refusal of a call with vended credentials; undefined where they are good for it, or each of its keys is judged. */
function confine(call: Call, session: VendedSession, time: Date): Reply | undefined {
  if (call.service === "sts" && call.operation === "GetCallerIdentity") return undefined;
  if (time >= session.expiration) {
    const code = call.service === "s3" ? "ExpiredToken" : "ExpiredTokenException";
    return awsError(call, call.service === "s3" ? 400 : 403, code, "The provided token has expired.");
  }
  if (call.service === "s3" && call.operation === "DeleteObjects") return undefined;
  const other = { action: `${call.service}:${call.operation}`, bucket: "" };
  const accesses = (call.service === "s3" ? accessesOf(call) : undefined) ?? [other];
  const refused = accesses.find((access) => access === other || !isWithin(session, access));
  return refused && awsError(call, 403, "AccessDenied", reason(call, refused, UNCONFINED));
}

const UNCONFINED = "no session policy allows";
const MALFORMED = "The XML you provided was not well-formed or did not validate against our published schema";

function reason(call: Call, access: Access, why: string): string {
  const resource = access.bucket === "" ? "*" : inIam(access).resource;
  return `User: ${call.caller.arn} is not authorized to perform: ${access.action} on resource: "${resource}" because ${why} the ${access.action} action`;
}
