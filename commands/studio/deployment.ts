import { showState } from "../program/terraform";

/** What Terraform made of a Studio domain and its grants: all else in them is somebody else's. */
export interface Deployment {
  readonly domainId: string;
  readonly region: string;
  readonly account: string;
  /** Names of the user profiles. */
  readonly profiles: readonly string[];
  /** Whether it made the S3 Access Grants instance, and so deletes it on destroy. */
  readonly ownsInstance: boolean;
  /** Ids of its locations and grants. */
  readonly locations: readonly string[];
  readonly grants: readonly string[];
}

interface Resource {
  readonly type: string;
  readonly mode: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

/** A state as `terraform show -json` prints it. */
export interface State {
  readonly values?: { readonly root_module?: Module };
}

/**
 * Reads the state of the root in a folder, wherever it is kept.
 *
 * @throws Error with what Terraform says where it cannot be read
 */
export const readState = async (folder: string): Promise<State> => JSON.parse(await showState(folder)) as State;

/**
 * What a state says of the Studio domain in it.
 *
 * @param name the domain's name; needed where there are several
 * @throws Error where there is none, or none of that name
 */
export function deploymentIn(state: State, name: string | undefined): Deployment {
  const resources = [...resourcesOf(state.values?.root_module ?? {})];
  const values = (type: string) => resources.filter((one) => one.type === type).map((one) => one.values);
  const texts = (type: string, attribute: string) => values(type).map((one) => String(one[attribute]));
  const all = values("aws_sagemaker_domain");
  const [domain, ...others] = all.filter((one) => name === undefined || one["domain_name"] === name);
  if (!domain || others.length > 0) {
    const names = all.map((one) => String(one["domain_name"])).join(", ");
    throw new Error(
      names === ""
        ? "The state has no SageMaker domain. Give --folder, where Terraform runs: of an environment cdktf.out/stacks/<environment>."
        : `Which domain? Give --domain, one of: ${names}`,
    );
  }
  const [, , , region = "", account = ""] = String(domain["arn"]).split(":");
  return {
    domainId: String(domain["id"]),
    region,
    account,
    profiles: values("aws_sagemaker_user_profile")
      .filter((profile) => profile["domain_id"] === domain["id"])
      .map((profile) => String(profile["user_profile_name"])),
    ownsInstance: values("aws_s3control_access_grants_instance").length > 0,
    locations: texts("aws_s3control_access_grants_location", "access_grants_location_id"),
    grants: texts("aws_s3control_access_grant", "access_grant_id"),
  };
}

function* resourcesOf({ resources = [], child_modules = [] }: Module): Generator<Resource> {
  yield* resources.filter(({ mode }) => mode === "managed");
  for (const child of child_modules) yield* resourcesOf(child);
}
