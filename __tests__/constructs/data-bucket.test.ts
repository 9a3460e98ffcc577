import { DataBucket, type DataBucketProps } from "../../constructs/data-bucket/data-bucket";
import definition from "../../constructs/data-bucket/data-bucket.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, comesAfter, dataSource, resource, statements } from "../support/synthesized";
import { dataBucket } from "./studio-fixtures";

const synth = (props: DataBucketProps): object => environment((stack) => new DataBucket(stack, "data", props));
const minimal = synth(dataBucket.minimal);
const complete = synth(dataBucket.complete);
const { dataset } = dataBucket.complete;
const withDataset = (changed: object): (() => object) => {
  return () => synth({ ...dataBucket.minimal, dataset: { ...dataset!, ...changed } });
};
const ours = { s3: { bucket: "raw", key: "a.csv" }, file: "a.csv" };
const BUCKET = "${aws_s3_bucket.data_bucket.arn}";

describe("the bucket", () => {
  test("denies requests without TLS", () => {
    expect(statements(minimal, "bucket_policy_document")).toEqual({
      TlsOnly: {
        sid: "TlsOnly",
        effect: "Deny",
        actions: ["s3:*"],
        resources: [BUCKET, `${BUCKET}/*`],
        principals: [{ type: "AWS", identifiers: ["*"] }],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    });
  });

  describe("takes in further policy documents", () => {
    const shared = { Version: "2012-10-17", Statement: [{ Sid: "Shared", Effect: "Allow" }] };

    test("beside its own statements, which stay", () => {
      const configuration = synth({ ...dataBucket.minimal, policyDocuments: { shared: JSON.stringify(shared) } });
      const document = dataSource(configuration, "aws_iam_policy_document", "bucket_policy_document");
      expect(document["source_policy_documents"]).toEqual([JSON.stringify(shared)]);
      expect(Object.keys(statements(configuration, "bucket_policy_document"))).toEqual(["TlsOnly"]);
    });

    test.each([
      ["not JSON", "{"],
      ["no policy", '{"Sid":"a"}'],
      ["no object", "null"],
    ])("refuses %s", (_, text) => {
      expect(() => synth({ ...dataBucket.minimal, policyDocuments: { shared: text } })).toThrow(
        'policyDocuments.shared: must be an IAM policy document as JSON: { "Version": "2012-10-17", "Statement": [ … ] }',
      );
    });
  });

  test("denies its objects to all but named roles, the loader and AWS services, where asked for; never itself", () => {
    const lake = "arn:aws:iam::111122223333:role/lake";
    const configuration = synth({ ...dataBucket.minimal, objectsOnlyFor: { roles: { lake } } });
    const { ObjectsOnlyForNamedRoles } = statements(configuration, "bucket_policy_document");
    expect(ObjectsOnlyForNamedRoles).toMatchObject({
      effect: "Deny",
      resources: [`${BUCKET}/*`],
      principals: [{ type: "AWS", identifiers: ["*"] }],
      condition: [
        {
          test: "ArnNotEquals",
          variable: "aws:PrincipalArn",
          values: [lake, expect.stringMatching(/:role\/.*-dataset-loader$/)],
        },
        { test: "BoolIfExists", variable: "aws:PrincipalIsAWSService", values: ["false"] },
      ],
    });
    // Who may change the bucket, its policy or its lifecycle must be able to take this back.
    expect(ObjectsOnlyForNamedRoles!.actions.filter((action) => /Bucket|Lifecycle|Policy|^s3:\*/.test(action))).toEqual(
      [],
    );
  });

  test("is encrypted, with the key that is given", () => {
    const rule = (configuration: object): unknown =>
      resource(configuration, "aws_s3_bucket_server_side_encryption_configuration").rule;
    expect(rule(minimal)).toEqual([{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }]);
    const kms = { sse_algorithm: "aws:kms", kms_master_key_id: dataBucket.complete.kmsKey!.arn };
    expect(rule(complete)).toEqual([{ apply_server_side_encryption_by_default: [kms], bucket_key_enabled: true }]);
  });

  test("has its accesses logged in another bucket, where asked for", () => {
    expect(JSON.stringify(minimal)).not.toContain("aws_s3_bucket_logging");
    const logging = resource(synth({ ...dataBucket.minimal, accessLogs: { bucket: "logs" } }), "aws_s3_bucket_logging");
    expect(logging).toMatchObject({ target_bucket: "logs", target_prefix: `${dataBucket.minimal.bucketName}/` });
    const itself = { ...dataBucket.minimal, accessLogs: { bucket: dataBucket.minimal.bucketName } };
    expect(() => synth(itself)).toThrow("accessLogs.bucket: must be another bucket");
    expect(resource(moduleOf(definition), "aws_s3_bucket_logging")["lifecycle"]).toEqual({
      precondition: [
        expect.objectContaining({ condition: "${var.access_logs.bucket != aws_s3_bucket.bucket.bucket}" }),
      ],
    });
  });

  test("is versioned, without ACLs and never public", () => {
    expect(resource(minimal, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
    expect(resource(minimal, "aws_s3_bucket_ownership_controls").rule).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
    expect(resource(minimal, "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("is deleted with its objects only where asked for", () => {
    expect(resource(minimal, "aws_s3_bucket").force_destroy).toBe(false);
    expect(resource(complete, "aws_s3_bucket").force_destroy).toBe(true);
  });

  test("removes incomplete uploads, and old versions where asked for", () => {
    const rules = (configuration: object): unknown =>
      resource(configuration, "aws_s3_bucket_lifecycle_configuration").rule;
    const abort = expect.objectContaining({
      abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
    }) as unknown;
    expect(rules(minimal)).toEqual([abort]);
    expect(rules(complete)).toEqual([
      abort,
      expect.objectContaining({ noncurrent_version_expiration: [{ noncurrent_days: 30 }] }),
    ]);
  });
});

describe("the dataset loader", () => {
  test("is not there without a data set", () => {
    expect(addresses(minimal).filter((address) => /lambda|iam|log/.test(address))).toEqual([]);
  });

  test("runs at apply, when the bucket is ready, and again with a new bundle", () => {
    const load = resource(complete, "aws_lambda_invocation");
    expect(load).toMatchObject({
      // "CRUD" keeps a failed update in the state, and never tries it again.
      lifecycle_scope: "CREATE_ONLY",
      triggers: { bundle: expect.stringContaining("filebase64sha256") as string },
    });
    expect(comesAfter(complete, "aws_lambda_invocation.data_load")).toEqual(
      expect.arrayContaining([
        "aws_iam_role_policy.data_loader_policy",
        "aws_s3_bucket_versioning.data_bucket_versioning",
        "aws_s3_bucket_server_side_encryption_configuration.data_bucket_encryption",
      ]),
    );
  });

  /** What a function is configured to load. */
  const configured = (configuration: object): string => {
    const { variables } = resource(configuration, "aws_lambda_function").environment as { variables: object };
    return String((variables as Record<string, unknown>)["DATASET"]);
  };

  test("is told what to load as the contract says, by its configuration: who invokes it has no say", () => {
    const told = configured(complete).replace("${jsonencode(", "").replace(/\)\}$/, "").replace(/" = /g, '": ');
    expect(JSON.parse(told.replace("aws_s3_bucket.data_bucket.bucket", '"bucket"'))).toEqual({
      source: { s3: { bucket: "raw", key: "abalone/v2.csv" } },
      sha256: "ab".repeat(32),
      bucket: "bucket",
      prefixes: ["Product/", "UserA/", "UserB/"],
      key: "abalone.csv",
      kmsKeyArn: dataBucket.complete.kmsKey!.arn,
    });
    expect(resource(complete, "aws_lambda_invocation")).toMatchObject({
      input: "{}",
      triggers: { dataset: '${aws_lambda_function.data_loader.environment[0].variables["DATASET"]}' },
    });
  });

  test("loads Abalone where nothing else is said", () => {
    const byDefault = withDataset({ source: undefined })();
    expect(configured(byDefault)).toContain(
      '"source" = {"s3" = {"bucket" = "sagemaker-sample-files", "key" = "datasets/tabular/uci_abalone/abalone.csv"}}',
    );
  });

  test("is not made where its settings are more than Lambda keeps", () => {
    const [condition] = (
      resource(complete, "aws_lambda_invocation").lifecycle as { precondition: object[] }
    ).precondition
      .map((each) => (each as { condition: string }).condition)
      .filter((each) => each.includes("DATASET"));
    expect(condition).toContain("<= 5067");
  });

  test("can read its source and write the one file below each prefix, and nothing else", () => {
    const policy = statements(complete, "loader_policy_document");
    const kms = (key: string): string => `arn:aws:kms:eu-central-1:111122223333:key/${key}`;
    const { NetworkInterfaces, NoNetworkInterfacesForTheCode, ...rest } = policy;
    const allowed = Object.values(rest).map(({ sid, actions, resources }) => [sid, actions, resources]);
    const targets = ["Product", "UserA", "UserB"].map((prefix) => `${BUCKET}/${prefix}/abalone.csv`);
    expect(allowed).toEqual([
      ["ReadSource", ["s3:GetObject"], ["arn:${data.aws_partition.current.partition}:s3:::raw/abalone/v2.csv"]],
      ["DecryptSource", ["kms:Decrypt"], [kms("raw")]],
      ["TellWhatIsThere", ["s3:ListBucket"], [BUCKET]],
      ["Write", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], targets],
      ["Encrypt", ["kms:Decrypt", "kms:GenerateDataKey"], [kms("data")]],
      ["Log", ["logs:CreateLogStream", "logs:PutLogEvents"], ["${aws_cloudwatch_log_group.data_loader_logs.arn}:*"]],
    ]);
    expect(NetworkInterfaces!.actions.every((action) => action.startsWith("ec2:"))).toBe(true);
    expect(NoNetworkInterfacesForTheCode).toMatchObject({ effect: "Deny", actions: NetworkInterfaces!.actions });
    const outside = statements(withDataset({ vpc: undefined, source: ours })(), "loader_policy_document");
    expect(Object.keys(outside)).toEqual(["ReadSource", "TellWhatIsThere", "Write", "Log"]);
  });

  test("denies its code what attaches the function to its network", () => {
    const { NoNetworkInterfacesForTheCode } = statements(complete, "loader_policy_document");
    const { function_name } = resource(complete, "aws_lambda_function");
    expect(NoNetworkInterfacesForTheCode!.condition).toEqual([
      {
        test: "ArnEquals",
        variable: "lambda:SourceFunctionArn",
        values: [expect.stringMatching(new RegExp(`:function:${String(function_name)}$`))],
      },
    ]);
  });
});

describe("a digest is asked for where anybody can read the source", () => {
  const says = "dataset: must have a sha256 when its source is public";
  test.each([
    ["a URL", { url: "https://example.com/a.csv", file: "a.csv" }],
    ["AWS's samples", { s3: { bucket: "sagemaker-sample-files", key: "a.csv" }, file: "a.csv" }],
    ["the default", undefined],
  ])("%s", (_, source) => {
    expect(withDataset({ source, sha256: undefined })).toThrow(says);
    expect(withDataset({ source })).not.toThrow();
  });

  test("not of one's own", () => expect(withDataset({ source: ours, sha256: undefined })).not.toThrow());
});

describe("what is refused", () => {
  const s3 = { s3: { bucket: "raw", key: "a.csv" } };
  const all = { s3: { bucket: "*", key: "a.csv" } };
  test.each([
    ["no prefix", { prefixes: [] }, "dataset.prefixes: must have at least 1 prefix"],
    ["a prefix without a slash", { prefixes: ["Product"] }, "must be prefixes that end with a slash"],
    [
      "a prefix that IAM takes for several",
      { prefixes: ["User?/"] },
      "which mean something else in the IAM policy of the loader's role",
    ],
    [
      "a file that IAM takes for several",
      { source: { ...s3, file: "*.csv" } },
      "which mean something else in the IAM policy of the loader's role",
    ],
    ["a source that IAM takes for several", { source: { ...all, file: "a" } }, "must be the name of a bucket"],
    ["a prefix twice", { prefixes: ["a/", "a/"] }, "must not name a prefix twice"],
    ["no source", { source: { file: "a.csv" } }, "dataset.source: must have exactly one of s3 and url"],
    ["plain HTTP", { source: { url: "http://example.com/a", file: "a" } }, "must begin with https://"],
    ["a digest that is none", { sha256: "abc" }, "dataset.sha256: must be 64 hexadecimal digits"],
  ])("%s", (_what, changed, says) => expect(withDataset(changed)).toThrow(says));

  test("a name that is no bucket's", () => {
    expect(() => synth({ ...dataBucket.minimal, bucketName: "Product_Data" })).toThrow(
      "bucketName: must be a bucket's name",
    );
  });
});

test("configurations", () => {
  expect(minimal).toMatchSnapshot("environment, minimal");
  expect(complete).toMatchSnapshot("environment, complete");
  expect(moduleOf(definition)).toMatchSnapshot("module");
});
