import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { DataZoneClient } from "@aws-sdk/client-datazone";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { LakeFormationClient } from "@aws-sdk/client-lakeformation";
import type { S3Client } from "@aws-sdk/client-s3";
import type { S3ControlClient } from "@aws-sdk/client-s3-control";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { STSClient } from "@aws-sdk/client-sts";

/** Temporary credentials, as S3 Access Grants gives them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** AWS, with the credentials of the shell and in the Region of the deployment. */
export interface Clients {
  readonly datazone: DataZoneClient;
  readonly cloudtrail: CloudTrailClient;
  readonly cloudwatch: CloudWatchClient;
  readonly events: EventBridgeClient;
  readonly iam: IAMClient;
  readonly lakeformation: LakeFormationClient;
  readonly s3control: S3ControlClient;
  readonly sagemaker: SageMakerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  readonly s3: (credentials: Credentials) => S3Client;
}

/** Loaded only here, so that other commands start without it. Throttling is waited out: the account is one that others work in. */
export async function connect(region: string): Promise<Clients> {
  const [datazone, cloudtrail, cloudwatch, events, iam, lakeformation, s3, s3control, sagemaker, sns, sqs, sts] =
    await Promise.all([
      import("@aws-sdk/client-datazone"),
      import("@aws-sdk/client-cloudtrail"),
      import("@aws-sdk/client-cloudwatch"),
      import("@aws-sdk/client-eventbridge"),
      import("@aws-sdk/client-iam"),
      import("@aws-sdk/client-lakeformation"),
      import("@aws-sdk/client-s3"),
      import("@aws-sdk/client-s3-control"),
      import("@aws-sdk/client-sagemaker"),
      import("@aws-sdk/client-sns"),
      import("@aws-sdk/client-sqs"),
      import("@aws-sdk/client-sts"),
    ]);
  const config = { region, maxAttempts: 8, retryMode: "adaptive" } as const;
  return {
    datazone: new datazone.DataZoneClient(config),
    cloudtrail: new cloudtrail.CloudTrailClient(config),
    cloudwatch: new cloudwatch.CloudWatchClient(config),
    events: new events.EventBridgeClient(config),
    iam: new iam.IAMClient(config),
    lakeformation: new lakeformation.LakeFormationClient(config),
    s3control: new s3control.S3ControlClient(config),
    sagemaker: new sagemaker.SageMakerClient(config),
    sns: new sns.SNSClient(config),
    sqs: new sqs.SQSClient(config),
    sts: new sts.STSClient(config),
    s3: (credentials) =>
      new s3.S3Client({ ...config, credentials, forcePathStyle: process.env["AWS_ENDPOINT_URL"] !== undefined }),
  };
}
