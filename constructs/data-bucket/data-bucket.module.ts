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
    about: `A bucket as one wants it for shared data. With \`dataset\`, a function copies a file from S3 or an HTTPS address into every prefix
that is named, at the apply that makes it and at each that changes the source, the prefixes or the function. Copies that are in
place already are left alone; a failed load fails the apply with the reason.`,
    promises: [
      "Requests without TLS are denied.",
      "Objects are encrypted, with a customer-managed key where one is given, and versioned.",
      "Nothing in it can be public, and ACLs are off.",
      "Destroy fails while there are objects, unless `delete_objects_with_bucket` says otherwise.",
      "The loader's role can read its source and write the one file below each prefix, and nothing else.",
      "Who may invoke the loader has no say in what is loaded, and a source that anybody can read is held to a digest.",
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
        purpose: "the loader and its invocation, if there is a data set",
      },
      {
        actions: ["iam:*Role", "iam:*RolePolicy", "iam:List*", "iam:PassRole"],
        purpose: "the loader's role",
      },
      {
        actions: [
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:Describe*",
          "logs:List*",
          "logs:PutRetentionPolicy",
        ],
        purpose: "the loader's log group",
      },
    ],
    notes: [
      "The loader has 15 minutes.",
      "A prefix that is taken off the list keeps its copy, and destroy of the data set alone leaves all copies.",
      "Incomplete uploads are removed after a day.",
    ],
  },
  bundle: "dataset-loader",
  accepted: [
    ...bucketFindings("bucket", "The caller's key is used where one is given, a key that S3 manages otherwise"),
    {
      check: "CKV_AWS_300",
      at: "aws_s3_bucket_lifecycle_configuration.bucket_lifecycle",
      why: "The first rule says so: checkov reads only the dynamic one",
    },
    ...functionFindings("aws_lambda_function.loader", {
      atOnce: "It runs once an apply",
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
