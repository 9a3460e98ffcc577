import type { Domain } from "./datazone";
import { isPermanent } from "./errors";

/** The approver's identity in Amazon DataZone: its role, and the domain's users that stand for the role. Lives as long as the process. */
export class Self {
  private readonly users = new Map<string, boolean>();
  private isIntroduced = false;

  /** @param roleArn the role that is the member of the publishing projects */
  constructor(readonly roleArn: string) {}

  /** Reads the approver's own user profile, once. @returns whether it can be read */
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

  /** Remembers a user id that DataZone has returned for one of the approver's own calls. */
  learn(userId: string | undefined): void {
    if (userId !== undefined) this.users.set(userId, true);
  }

  /** Whether a user id is already known to be this approver's. */
  knows(userId: string | undefined): boolean {
    return userId !== undefined && this.users.get(userId) === true;
  }

  /**
   * Whether a user of the domain is this approver, because the user's profile names the role or a session of it.
   *
   * @returns undefined where the user's profile cannot be read
   * @throws errors that may pass
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

/** Whether an ARN is of a role, or of a session of it (whose ARN lacks the role's path). An IAM user of the same name is not. */
function isRole(arn: string, roleArn: string): boolean {
  const named = (text: string): string | undefined => {
    const [, , , , account, resource = ""] = text.split(":");
    const [kind, ...rest] = resource.split("/");
    if (kind !== "role" && kind !== "assumed-role") return undefined;
    return `${account}/${kind === "role" ? rest.at(-1) : rest[0]}`;
  };
  return named(arn) !== undefined && named(arn) === named(roleArn);
}
