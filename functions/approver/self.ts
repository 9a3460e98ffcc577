import type { Domain } from "./datazone";
import { isPermanent } from "./errors";

/** Who the approver is in Amazon DataZone: a role, and the users of the domain that stand for it. Kept for the life of a process. */
export class Self {
  private readonly users = new Map<string, boolean>();
  private isIntroduced = false;

  /** @param roleArn the role that is the member of the publishing projects */
  constructor(readonly roleArn: string) {}

  /** Reads its own user of the domain, once. @returns whether it can be read */
  async introduce(domain: Domain): Promise<boolean> {
    if (this.isIntroduced) return true;
    try {
      const { id } = await domain.user(this.roleArn, "IAM");
      this.learn(id);
      this.isIntroduced = id !== undefined;
    } catch (error) {
      if (!isPermanent(error)) throw error;
    }
    return this.isIntroduced;
  }

  /** Remembers the user that DataZone has named for a call of its own. */
  learn(userId: string | undefined): void {
    if (userId !== undefined) this.users.set(userId, true);
  }

  /** Whether a user is known to be this approver, without a call. */
  knows(userId: string | undefined): boolean {
    return userId !== undefined && this.users.get(userId) === true;
  }

  /**
   * Whether a user of the domain is this approver: its profile names the role, or a session of it.
   *
   * @returns undefined where the user's profile cannot be read
   * @throws what may pass by itself
   */
  async is(userId: string, domain: Domain): Promise<boolean | undefined> {
    if (userId.startsWith("arn:")) return isRole(userId, this.roleArn);
    const known = this.users.get(userId);
    if (known !== undefined) return known;
    try {
      const { details } = await domain.user(userId);
      const own = details?.iam?.arn !== undefined && isRole(details.iam.arn, this.roleArn);
      this.users.set(userId, own);
      return own;
    } catch (error) {
      if (!isPermanent(error)) throw error;
      return undefined;
    }
  }
}

/** Whether an ARN is that of a role or of one of its sessions, which have lost the role's path. A user may have a role's name. */
function isRole(arn: string, roleArn: string): boolean {
  const named = (text: string): string | undefined => {
    const [, , , , account, resource = ""] = text.split(":");
    const [kind, ...rest] = resource.split("/");
    if (kind !== "role" && kind !== "assumed-role") return undefined;
    return `${account}/${kind === "role" ? rest.at(-1) : rest[0]}`;
  };
  return named(arn) !== undefined && named(arn) === named(roleArn);
}
