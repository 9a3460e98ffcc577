import { bucketFindings, functionFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { DataBucket, dataBucketInputs, type DataBucketProps } from "./data-bucket";

export default defineModule<DataBucketProps>({
  name: "data-bucket",
  summary:
    "A bucket for data that is granted by S3 Access Grants, and a function that loads a data set into its prefixes",
  construct: DataBucket,
  inputs: dataBucketInputs,
  readme: {
    about: `A bucket for shared data: encrypted, versioned, TLS only, never public. With \`dataset\`, a function copies a file from S3 or from
an HTTPS address below each of the prefixes that you name. It runs in the apply that creates it, and in each apply that changes the source,
the prefixes or the function. Copies that are in place already are left alone; if a load fails, the apply fails with the reason.`,
    promises: [
      "Requests without TLS are denied.",
      "Objects are encrypted, with a customer-managed key where one is given, and versioned.",
      "Nothing in it can be public, and ACLs are off.",
      "Destroy fails while the bucket holds objects, unless `delete_objects_with_bucket` is true.",
      "The loader's role can read its source and write the one file below each prefix, and nothing else.",
      "Whoever may invoke the loader cannot choose what it loads, and a source that is public must have the given SHA-256.",
      "Inside a VPC the loader's code cannot make or change network interfaces.",
    ],
    permissions: [
      {
        actions: [
          "s3:CreateBucket",
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:Get*",
          "s3:List*",
          "s3:PutBucketLogging",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketTagging",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ],
        purpose: "the bucket and its settings",
      },
      {
        actions: ["lambda:*Function*", "lambda:ListTags", "lambda:TagResource", "lambda:UntagResource"],
        purpose: "the loader's function and its invocation, with `dataset`",
      },
      {
        actions: ["iam:*Role", "iam:*RolePolicy", "iam:List*", "iam:PassRole"],
        purpose: "the loader's role, with `dataset`",
      },
      {
        actions: [
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:Describe*",
          "logs:List*",
          "logs:PutRetentionPolicy",
        ],
        purpose: "the loader's log group, with `dataset`",
      },
    ],
    notes: [
      "A load may take 15 minutes at most, Lambda's limit.",
      "If you remove a prefix from the list, its copy stays; if you remove the data set, all copies stay.",
      "Incomplete multipart uploads are deleted after a day.",
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "A data set with a public source, a URL or AWS's samples, must have a `sha256`; the default source is one of AWS's samples.",
      },
    ],
  },
  bundle: "dataset-loader",
  accepted: [
    ...bucketFindings("bucket", "The caller's key is used if one is given, otherwise a key that S3 manages"),
    {
      check: "CKV_AWS_300",
      at: "aws_s3_bucket_lifecycle_configuration.bucket_lifecycle",
      why: "The first rule aborts them: checkov reads only the dynamic rule",
    },
    ...functionFindings("aws_lambda_function.loader", {
      atOnce: "It runs once in an apply",
      failures: "It is invoked synchronously: a failure fails the apply",
    }),
  ],
  samples: {
    policyDocuments: [JSON.stringify({ Version: "2012-10-17", Statement: [] })],
    dataset: [{ prefixes: ["Product/"], sha256: "ab".repeat(32) }, { prefixes: ["Product/"] }],
    "dataset.prefixes": [["Product/"], ["Product/", "Product/"]],
    "dataset.source": [{ url: "https://example.com/data.csv", file: "data.csv" }, { file: "data.csv" }],
    "dataset.source.s3.bucket": ["example-data"],
    "dataset.source.file": ["data.csv"],
  },
});
