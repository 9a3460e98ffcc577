import { ADMIN } from "../gateway/callers";
import { inputOf } from "../authorization/access";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

/** STS: who the account's own key is, and session policies, which moto ignores. */
export const identity = (internals: Internals): Service => ({
  async handle(call: Call): Promise<Reply | undefined> {
    if (call.service === "iam" && !/^(Get|List|Simulate)/.test(call.operation)) {
      const reply = await internals.moto(call);
      internals.authorizer.forget();
      return reply;
    }
    if (call.service !== "sts") return undefined;
    if (call.operation === "GetCallerIdentity" && call.caller.accessKeyId === ADMIN.accessKeyId) {
      return { status: 200, headers: { "content-type": "text/xml" }, body: callerIdentity() };
    }
    const policy = inputOf(call)["Policy"];
    if (call.operation !== "AssumeRole" || typeof policy !== "string") return undefined;
    const reply = await internals.moto(call);
    const key = /<AccessKeyId>([^<]+)/.exec((reply.body ?? "").toString())?.[1];
    if (key !== undefined) internals.authorizer.limit(key, JSON.parse(policy) as object);
    return reply;
  },
});

function callerIdentity(): string {
  const { account, arn } = ADMIN;
  const result = `<Arn>${arn}</Arn><UserId>${account}</UserId><Account>${account}</Account>`;
  return (
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}` +
    `</GetCallerIdentityResult><ResponseMetadata><RequestId>sandbox</RequestId></ResponseMetadata></GetCallerIdentityResponse>`
  );
}
