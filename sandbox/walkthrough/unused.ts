import type { Exceptions } from "./granted";

const APPROVER = /^approvals-function$/;
const LOCATION = /^product-data-location$/;
const LOADER = /^product-dataset-loader$/;
const PERSONA = /^sagemaker-user[ab]-role$/;

/** What the roles of both systems have and did not use in the walkthroughs, and who tries what they may not: each with its reason. */
export const EXCEPTIONS: Exceptions = {
  unused: [
    {
      role: PERSONA,
      grant: /^sagemaker:\w+ processing-job\/user[AB]-[*]$/,
      because: "which of the two IAM compares is not documented: here names of jobs are in lower case in ARNs",
    },
    {
      role: PERSONA,
      grant: /^logs:\w+ log-group:.*(:log-stream:|\/)user[ab](-|\/)[*]$/,
      because: "which of the two SageMaker names streams by is not documented: here as the profile was given",
    },
    {
      role: PERSONA,
      grant: /^logs:\w+ log-group:\/aws\/sagemaker\/(ProcessingJobs|studio):[*]$/,
      because:
        "CloudWatch Logs documents this form of a group's ARN, the service authorization reference the other one",
    },
    {
      role: PERSONA,
      grant: /^kms:(DescribeKey|GenerateDataKeyWithoutPlaintext) /,
      because: "Amazon EC2 documents them for volumes with a key of one's own; the sandbox asks for the grant alone",
    },
    {
      role: APPROVER,
      grant: /^datazone:(GetGlossaryTerm|GetProject) /,
      because:
        "needed where a policy refers to a project's details, or a column's terms come as ids: no request here has either",
    },
    {
      role: APPROVER,
      grant: /^datazone:RejectSubscriptionRequest /,
      because: "the set prod rejects only subscribers that are not projects; here only projects ask",
    },
    {
      role: LOCATION,
      grant: /^s3:PutObject(Version)?Acl /,
      because: "part of what S3 documents for a location's role; this bucket has no ACLs, others may",
    },
    {
      role: LOADER,
      grant: /^s3:AbortMultipartUpload /,
      because: "only where an upload in parts fails; the sample is too small for parts",
    },
    {
      role: LOADER,
      grant: /^s3:ListBucket /,
      because: "without it S3 answers 403, not 404, for a copy that is not there yet",
    },
  ],
  trying: [{ role: PERSONA, because: "the attacker's tour" }],
};
