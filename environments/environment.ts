import { z } from "zod";

/** Where an environment's Terraform state lives; exactly one of the three. */
const backend = z.union([
  z.strictObject({
    /** A file `terraform.<environment>.tfstate` in the working directory: for the sandbox and for trials. */
    local: z.strictObject({}),
  }),
  z.strictObject({
    /** An S3 bucket; the state is locked by a file beside it. */
    s3: z.strictObject({ bucket: z.string().min(3), region: z.string(), keyPrefix: z.string().default("sagemaker-data-access") }),
  }),
  z.strictObject({
    /** An HCP Terraform workspace `<workspacePrefix><environment>`. */
    hcp: z.strictObject({ organization: z.string().min(1), workspacePrefix: z.string().default("sagemaker-data-access-") }),
  }),
]);

/** What is said of an environment beside the props of the two systems, which the constructs check themselves. */
export const settings = z.object({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a Region such as eu-central-1"),
  /** The one account that this environment may be deployed to; Terraform refuses any other. */
  account: z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account"),
  backend,
  tags: z.record(z.string(), z.string()).default({}),
  /** Only for the local sandbox: path-style S3 addresses and none of the checks that need the real AWS. */
  sandbox: z.boolean().default(false),
});

export type Settings = z.infer<typeof settings>;
export type Backend = z.infer<typeof backend>;
