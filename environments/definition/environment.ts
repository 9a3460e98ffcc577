import { readdirSync } from "node:fs";
import * as path from "node:path";
import { partition } from "@aws-sdk/core/client";
import { inputs, matches, namedInputs, oneOf, type Resolved, type Rule } from "../../constructs/hosting";
import { type StudioAccessProps, studioAccessInputs } from "../../constructs/studio-access/studio-access";
import {
  type SubscriptionApprovalProps,
  subscriptionApprovalInputs,
} from "../../constructs/subscription-approval/subscription-approval";

/** Where an environment's Terraform state lives; exactly one of the three. */
export interface Backend {
  /** A file `terraform.<environment>.tfstate` beside cdktf.out: for the sandbox and for trials. */
  readonly local?: Readonly<Record<never, never>>;
  /** An S3 bucket; the state is locked by a file beside it, which needs Terraform 1.10. */
  readonly s3?: {
    readonly bucket: string;
    readonly region: string;
    /**
     * What the state's key begins with: `<keyPrefix>/<environment>.tfstate`.
     * @default "sagemaker-data-access"
     */
    readonly keyPrefix?: string;
  };
  /** An HCP Terraform workspace `<workspacePrefix><environment>`. */
  readonly hcp?: {
    readonly organization: string;
    /** @default "sagemaker-data-access-" */
    readonly workspacePrefix?: string;
  };
}

/** What a file environments/<name>.ts exports. */
export interface EnvironmentFile {
  readonly region: string;
  /** The one account that this environment may be deployed to, 12 digits; Terraform refuses any other. */
  readonly account: string;
  readonly backend: Backend;
  /**
   * Tags of every resource, beside `environment = <name>`.
   * @default - none
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

const POLICIES = path.join(__dirname, "..", "..", "policies");
const SETS = readdirSync(POLICIES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Folder of a policy set, relative to the working directory, so that messages can be read anywhere. */
export const policySetFolder = (set: string): string => path.relative(process.cwd(), path.join(POLICIES, set));

/** A Region of AWS's own list, as of the SDK that is installed. */
export const isRegion = (region: string): boolean => /-\d$/.test(region) && "description" in partition(region);

const ACCOUNT = /^\d{12}$/;
export const isAccount = (account: string): boolean => ACCOUNT.test(account);

/** Rules of what no module takes, so without a condition in HCL. */
type OwnRule<T> = Omit<Rule<T>, "condition">;
const own = <T>(rule: OwnRule<T>): Rule<T> => ({ ...rule, condition: () => "true" });

const REGION = own<string>({ says: "must be a Region such as eu-central-1", holds: isRegion });

const ONE_BACKEND = own<Backend>({
  says: "must have exactly one of { local: {} }, { s3: { bucket, region } } and { hcp: { organization } }",
  holds: (backend) => Object.values(backend).filter((one) => one !== undefined).length === 1,
});

const SYSTEMS = own<EnvironmentFile>({
  says: "must have subscriptionApproval, studioAccess or both: nothing would be deployed",
  holds: ({ subscriptionApproval, studioAccess }) => (subscriptionApproval ?? studioAccess) !== undefined,
});

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- which the file does not say: its name, and the texts of its set
const { environment, policies, ...approvalFields } = subscriptionApprovalInputs.fields;
const SET = own<string>({
  says: `must be a policy set, a folder of policies/: ${SETS.join(", ")}`,
  holds: (set) => SETS.includes(set),
});

export const environmentInputs = {
  ...inputs<EnvironmentFile>()({
    region: { kind: "string", rules: [REGION] },
    account: { kind: "string", rules: [matches(ACCOUNT, "must be the 12 digits of an AWS account")] },
    backend: {
      kind: "object",
      rules: [ONE_BACKEND],
      fields: {
        local: { kind: "object", optional: true, fields: {} },
        s3: {
          kind: "object",
          optional: true,
          fields: {
            bucket: { kind: "string", rules: studioAccessInputs.fields.bucketName.rules },
            region: { kind: "string", rules: [REGION] },
            keyPrefix: {
              kind: "string",
              optional: true,
              default: "sagemaker-data-access",
              rules: [matches(/^[^\s/]+(\/[^\s/]+)*$/, "must not be empty, have blanks, or begin or end with a slash")],
            },
          },
        },
        hcp: {
          kind: "object",
          optional: true,
          fields: {
            organization: {
              kind: "string",
              rules: [matches(/^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/, "must be 3 to 40 letters, digits, _ and -")],
            },
            workspacePrefix: {
              kind: "string",
              optional: true,
              default: "sagemaker-data-access-",
              rules: [matches(/^[A-Za-z0-9_-]{1,60}$/, "must be 1 to 60 letters, digits, _ and -")],
            },
          },
        },
      },
    },
    tags: namedInputs.tags,
    sandbox: { kind: "bool", optional: true, default: false },
    subscriptionApproval: {
      kind: "object",
      optional: true,
      fields: { ...approvalFields, policies: { kind: "string", rules: [SET] } },
    },
    studioAccess: {
      kind: "object",
      optional: true,
      fields: {
        ...studioAccessInputs.fields,
        openedPrefixes: { kind: "string", optional: true, rules: [oneOf("warn", "refuse")] },
      },
    },
  }),
  rules: [SYSTEMS],
} as const;

/** What an environment's file says, with the defaults filled in. */
export type Settings = Resolved<EnvironmentFile, typeof environmentInputs>;

/** An environment with its policies read, which its stack is made of. */
export interface Environment extends Pick<Settings, "region" | "account" | "backend" | "tags" | "sandbox"> {
  readonly name: string;
  readonly subscriptionApproval?: SubscriptionApprovalProps;
  readonly studioAccess?: StudioAccessProps;
}
