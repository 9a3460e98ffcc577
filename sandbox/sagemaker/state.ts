import type { ServiceModel } from "../datazone/model";
import type { Surroundings } from "../service";
import { SageMakerError } from "./errors";
import { type Fields, type Item, Records } from "./records";

export type Output = Record<string, unknown>;
/** An operation: the input has passed the service's model. */
export type Answer = (input: Fields, region: string) => Output | Promise<Output>;
export type Answers = Readonly<Record<string, Answer | undefined>>;

/** What SageMaker knows of one account. */
export interface State {
  readonly model: ServiceModel;
  readonly domains: Records;
  readonly profiles: Records;
  readonly spaces: Records;
  readonly apps: Records;
  readonly jobs: Records;
  /** The next user id on the home file system. */
  readonly uid: () => string;
}

export function newState(model: ServiceModel, { now }: Surroundings): State {
  let uid = 200_005;
  const records = (kind: string, ...names: readonly string[]) => new Records(kind, names, now);
  return {
    model,
    domains: records("Domain", "DomainId"),
    profiles: records("UserProfile", "DomainId", "UserProfileName"),
    spaces: records("Space", "DomainId", "SpaceName"),
    apps: records("App", "DomainId", "UserProfileName", "SpaceName", "AppType", "AppName"),
    jobs: records("ProcessingJob", "ProcessingJobName"),
    uid: () => String(uid++),
  };
}

/** Nothing is pending here: what takes minutes in AWS is in service at once. */
export const IN_SERVICE = { Status: "InService" };

/** The thing with an ARN; undefined where there is none. */
export function itemOf({ domains, profiles, spaces, apps, jobs }: State, arn: string): Item | undefined {
  return [domains, profiles, spaces, apps, jobs].flatMap((records) => records.all()).find((one) => one.arn === arn);
}

export function inUse(kind: string, { arn }: Item, reason: string): SageMakerError {
  return new SageMakerError("ResourceInUse", `Unable to delete ${kind} [${arn}] because ${reason}.`);
}

/** The name of the profile that a space belongs to. */
export function ownerOf(space: Item | undefined): unknown {
  return (space?.fields["OwnershipSettings"] as Fields | undefined)?.["OwnerUserProfileName"];
}

/** Whether a name has what a listing asks for in it. */
export function contains(name: unknown, part: unknown): boolean {
  return part === undefined || String(name).includes(String(part));
}
