import type { Caller, Reply, Call } from "../service";
import { AwsClient, AwsError } from "./aws-client";

/** The account of everything in the sandbox: moto's. */
export const ACCOUNT = "123456789012";

/** The key that may do everything, as the account's root user does. */
export const ADMIN: Caller = { accessKeyId: "test", account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` };

/** A call that is not signed: nobody's. */
export const NOBODY: Caller = { accessKeyId: "", account: ACCOUNT, arn: "" };

/** Finds out who signs with an access key; asks moto's STS once a key. */
export class Callers {
  private readonly known = new Map<string, Promise<Caller>>([["test", Promise.resolve(ADMIN)]]);

  constructor(
    private readonly moto: (call: Call) => Promise<Reply>,
    private readonly region: string,
  ) {}

  /** @throws AwsError InvalidClientTokenId for a key that nobody was given */
  async find(accessKeyId: string): Promise<Caller> {
    if (accessKeyId === "") return NOBODY;
    let caller = this.known.get(accessKeyId);
    if (!caller) {
      caller = this.ask(accessKeyId);
      this.known.set(accessKeyId, caller);
      caller.catch(() => this.known.delete(accessKeyId));
    }
    return await caller;
  }

  private async ask(accessKeyId: string): Promise<Caller> {
    const aws = new AwsClient(this.moto, { ...NOBODY, accessKeyId }, this.region);
    const identity = await aws.query<{ Arn: string; Account: string }>("sts", "2011-06-15", "GetCallerIdentity", {});
    if (identity.Arn.endsWith(":user/moto")) {
      throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
    }
    const caller = { accessKeyId, account: identity.Account, arn: identity.Arn };
    const role = /:assumed-role\/([^/]+)\//.exec(identity.Arn)?.[1];
    return role === undefined ? caller : { ...caller, roleArn: await this.roleArn(role) };
  }

  /** The ARN of a role with its path, which the ARN of a session does not have. */
  private async roleArn(role: string): Promise<string> {
    const aws = new AwsClient(this.moto, ADMIN, this.region);
    const found = await aws.query<{ Role: { Arn: string } }>("iam", "2010-05-08", "GetRole", { RoleName: role });
    return found.Role.Arn;
  }
}
