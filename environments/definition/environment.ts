import { readdirSync } from "node:fs";
import * as path from "node:path";
import { partition } from "@aws-sdk/core/client";
import { flag, object, optional, type PropsOf, type Resolved, type Rule, rule, text } from "../../constructs/inputs";
import { naming } from "../../constructs/shared/names";
import { bucketName } from "../../constructs/shared/bucket-name";
import { type StudioAccessProps, studioAccessProps } from "../../constructs/studio-access/props";
import {
  type SubscriptionApprovalProps,
  subscriptionApprovalInputs,
} from "../../constructs/subscription-approval/subscription-approval";

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

/** A rule without a condition in HCL, for props that are no module's variables. */
type OwnRule<T> = Omit<Rule<T>, "condition">;
const own = <T>(rule: OwnRule<T>): Rule<T> => ({ ...rule, condition: () => "true" });

const REGION = own<string>({ says: "must be a Region such as eu-central-1", holds: isRegion });

const ONE_BACKEND = own<object>({
  says: "must have exactly one of { local: {} }, { s3: { bucket, region } } and { hcp: { organization } }",
  holds: (backend) => Object.values(backend).filter((one) => one !== undefined).length === 1,
});

const SYSTEMS = own<{ readonly subscriptionApproval?: unknown; readonly studioAccess?: unknown }>({
  says: "must have subscriptionApproval, studioAccess or both: nothing would be deployed",
  holds: ({ subscriptionApproval, studioAccess }) => (subscriptionApproval ?? studioAccess) !== undefined,
});

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- which the file does not say: its name, and the texts of its set
const { environment, policies, ...approvalFields } = subscriptionApprovalInputs.fields;
const SET = own<string>({
  says: `must be a policy set, a folder of policies/: ${SETS.join(", ")}`,
  holds: (set) => SETS.includes(set),
});

/** Where an environment's Terraform state lives; exactly one of the three. */
const backend = object(
  {
    /** A file `terraform.<environment>.tfstate` beside cdktf.out: for the sandbox and for trials. */
    local: optional(object({})),
    /** An S3 bucket; the state is locked by a file beside it, which needs Terraform 1.10. */
    s3: optional(
      object({
        bucket: bucketName,
        region: text(REGION),
        /**
         * What the state's key begins with: `<keyPrefix>/<environment>.tfstate`.
         * @default "sagemaker-data-access"
         */
        keyPrefix: optional(
          text(rule.matches(/^[^\s/]+(\/[^\s/]+)*$/, "must not be empty, have blanks, or begin or end with a slash")),
          "sagemaker-data-access",
        ),
      }),
    ),
    /** An HCP Terraform workspace `<workspacePrefix><environment>`. */
    hcp: optional(
      object({
        organization: text(
          rule.matches(/^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$/, "must be 3 to 40 letters, digits, _ and -"),
        ),
        /** @default "sagemaker-data-access-" */
        workspacePrefix: optional(
          text(rule.matches(/^[A-Za-z0-9_-]{1,60}$/, "must be 1 to 60 letters, digits, _ and -")),
          "sagemaker-data-access-",
        ),
      }),
    ),
  },
  ONE_BACKEND,
);

/** What a file environments/<name>.ts exports. */
export const environmentInputs = object(
  {
    region: text(REGION),
    /** The one account that this environment may be deployed to, 12 digits; Terraform refuses any other. */
    account: text(rule.matches(ACCOUNT, "must be the 12 digits of an AWS account")),
    backend,
    /**
     * Tags of every resource, in addition to `environment = <name>`.
     * @default - none
     */
    tags: naming.tags,
    /**
     * Only for the local sandbox: path-style S3 addresses and none of the checks that need the real AWS.
     * @default false
     */
    sandbox: optional(flag(), false),
    /**
     * System A. `policies` is the folder of policies/ that holds the set.
     * @default - not deployed
     */
    subscriptionApproval: optional(object({ ...approvalFields, policies: text(SET) })),
    /**
     * System B.
     * @default - not deployed
     */
    studioAccess: optional(studioAccessProps),
  },
  SYSTEMS,
);
export type EnvironmentFile = PropsOf<typeof environmentInputs>;

/** What an environment's file says, with the defaults filled in. */
export type Settings = Resolved<typeof environmentInputs>;

/** An environment with its policies read, which its stack is made of. */
export interface Environment extends Pick<Settings, "region" | "account" | "backend" | "tags" | "sandbox"> {
  readonly name: string;
  readonly subscriptionApproval?: SubscriptionApprovalProps;
  readonly studioAccess?: StudioAccessProps;
}
