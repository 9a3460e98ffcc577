import * as path from "node:path";
import { z } from "zod";
import type { SubscriptionApprovalProps } from "../constructs/subscription-approval/subscription-approval";
import type { StudioAccessProps } from "../constructs/studio-access/studio-access";
import { loadPolicySet } from "../functions/approver/policies/files";

/** Where an environment's Terraform state lives; exactly one of the three. */
const backend = z.union(
  [
    /** A file `terraform.<environment>.tfstate` beside cdktf.out: for the sandbox and for trials. */
    z.strictObject({ local: z.strictObject({}) }),
    /** An S3 bucket; the state is locked by a file beside it. */
    z.strictObject({
      s3: z.strictObject({
        bucket: z.string().min(3),
        region: z.string(),
        keyPrefix: z.string().default("sagemaker-data-access"),
      }),
    }),
    /** An HCP Terraform workspace `<workspacePrefix><environment>`. */
    z.strictObject({
      hcp: z.strictObject({
        organization: z.string().min(1),
        workspacePrefix: z.string().default("sagemaker-data-access-"),
      }),
    }),
  ],
  { error: "must be one of { local: {} }, { s3: { bucket, region } } and { hcp: { organization } }" },
);

const settings = z.looseObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a Region such as eu-central-1"),
  account: z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account"),
  backend,
  tags: z.record(z.string(), z.string()).default({}),
  sandbox: z.boolean().default(false),
});

export type Backend = z.infer<typeof backend>;

/** What a file environments/<name>.ts exports. */
export interface EnvironmentFile {
  readonly region: string;
  /** The one account that this environment may be deployed to; Terraform refuses any other. */
  readonly account: string;
  readonly backend: z.input<typeof backend>;
  /**
   * Tags of every resource.
   * @default - `environment = <name>` alone
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Only for the local sandbox: path-style S3 addresses and none of the checks that need the real AWS.
   * @default false
   */
  readonly sandbox?: boolean;
  /**
   * System A. `policies` is the folder of policies/ that holds the set.
   * @default - not deployed
   */
  readonly subscriptionApproval?: Omit<SubscriptionApprovalProps, "policies" | "environment"> & {
    readonly policies: string;
  };
  /**
   * System B.
   * @default - not deployed
   */
  readonly studioAccess?: StudioAccessProps;
}

/** An environment, checked, with its policies read. The constructs check their own props. */
export interface Environment extends z.output<typeof settings> {
  readonly name: string;
  readonly subscriptionApproval?: SubscriptionApprovalProps;
  readonly studioAccess?: StudioAccessProps;
}

/** Folder of a policy set, relative to the working directory, so that messages can be read anywhere. */
export const policySetFolder = (set: string): string =>
  path.relative(process.cwd(), path.join(__dirname, "..", "policies", set));

/**
 * Checks an environment's file and reads its policies.
 *
 * @throws Error that lists every value that is wrong, with its path, the rule and what to do; a policy's with its file and line.
 */
export function checkEnvironment(name: string, file: EnvironmentFile): Environment {
  const checked = settings.safeParse(file);
  if (!checked.success) {
    const problems = checked.error.issues.map(({ path: at, message }) => `  - ${at.join(".")}: ${message}`);
    throw new Error(`environments/${name}.ts:\n${problems.join("\n")}`);
  }
  const approval = file.subscriptionApproval;
  return {
    ...checked.data,
    name,
    studioAccess: file.studioAccess,
    subscriptionApproval: approval && {
      ...approval,
      environment: name,
      policies: loadPolicySet(policySetFolder(approval.policies)),
    },
  };
}
