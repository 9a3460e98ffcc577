import { z } from "zod";
import { awsError } from "../errors";
import { AwsError } from "../gateway/aws-client";
import type { Internals } from "../internals";
import type { Call, Reply } from "../service";
import { CodeStore } from "./code";
import type { Resolved } from "./executor";
import { functionArn, functionName, type FunctionName } from "./names";

/** Settings that moto takes and forgets. */
const FORGOTTEN = ["DeadLetterConfig", "LoggingConfig"] as const;
type Forgotten = Partial<Record<(typeof FORGOTTEN)[number], Record<string, string>>>;

const CODE = z.object({
  ZipFile: z.string().optional(),
  S3Bucket: z.string().optional(),
  S3Key: z.string().optional(),
});
const FUNCTION = z
  .object({
    FunctionName: z.string().optional(),
    Role: z.string().optional(),
    Code: CODE.optional(),
    Publish: z.boolean().optional(),
    Environment: z.object({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  })
  .loose();

export interface Configuration extends Forgotten {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Version: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly CodeSha256: string;
  readonly Environment?: { readonly Variables?: Record<string, string> };
}

/** Functions, their versions and aliases: moto's records, with the code and the settings that moto does not keep. */
export class Functions {
  readonly code = new CodeStore();
  private readonly settings = new Map<string, Forgotten>();

  constructor(private readonly internals: Internals) {}

  /** Create and update calls: keeps what moto forgets, passes the call on. */
  async change(call: Call): Promise<Reply> {
    const input = FUNCTION.parse(call.body.length > 0 ? JSON.parse(call.body.toString()) : {});
    const size = Buffer.byteLength(JSON.stringify(input.Environment?.Variables ?? {}));
    if (size > 4096) {
      const rule = "the environment variables you have provided exceeded the 4KB limit";
      const message = `Lambda was unable to configure your environment variables because ${rule}.`;
      return awsError(call, 400, "InvalidParameterValueException", message);
    }
    if (input.Role !== undefined && !(await this.internals.authorizer.trusts(input.Role, "lambda.amazonaws.com"))) {
      const message = "The role defined for the function cannot be assumed by Lambda.";
      return awsError(call, 400, "InvalidParameterValueException", message);
    }
    await this.keepCode(call.operation === "UpdateFunctionCode" ? CODE.parse(input) : input.Code);

    const reply = await this.internals.moto(call);
    if (reply.status >= 300) return reply;
    const { name } = functionName(call.parameters["FunctionName"] ?? input.FunctionName ?? "");
    const latest = { ...this.settings.get(`${name}:$LATEST`) };
    for (const key of FORGOTTEN) if (input[key] !== undefined) latest[key] = input[key] as Record<string, string>;
    this.settings.set(`${name}:$LATEST`, latest);
    const { Version } = JSON.parse((reply.body ?? "").toString()) as Configuration;
    if (call.operation === "PublishVersion" || input.Publish) this.settings.set(`${name}:${Version}`, latest);
    return this.complete(reply);
  }

  /** Adds what moto has forgotten to every configuration in a reply. */
  complete(reply: Reply): Reply {
    if (reply.status >= 300 || !reply.body?.length) return reply;
    const answer = JSON.parse(reply.body.toString(), (_, value: unknown) =>
      isConfiguration(value) ? this.withSettings(value) : value,
    ) as unknown;
    return { ...reply, body: JSON.stringify(answer) };
  }

  forget(name: string): void {
    for (const key of this.settings.keys()) if (key.startsWith(`${name}:`)) this.settings.delete(key);
  }

  /**
   * What a name, ARN and qualifier stand for now.
   *
   * @throws AwsError ResourceNotFoundException
   */
  async resolve(asked: FunctionName): Promise<Resolved> {
    const { aws } = this.internals;
    const path = `/2015-03-31/functions/${asked.name}`;
    const isVersion = /^(\d+|\$LATEST)$/.test(asked.qualifier);
    const version = isVersion
      ? asked.qualifier
      : (await aws.rest<{ FunctionVersion: string }>("lambda", "GET", `${path}/aliases/${asked.qualifier}`))
          .FunctionVersion;
    const found = await aws.rest<{ Configuration: Configuration }>("lambda", "GET", `${path}?Qualifier=${version}`);
    const configuration = this.withSettings(found.Configuration);
    return {
      name: asked.name,
      version,
      arn: functionArn(this.internals.region, asked),
      handler: configuration.Handler,
      runtime: configuration.Runtime,
      role: configuration.Role,
      timeoutSeconds: configuration.Timeout,
      memoryMegabytes: configuration.MemorySize,
      codeSha256: configuration.CodeSha256,
      variables: configuration.Environment?.Variables ?? {},
      logging: configuration.LoggingConfig ?? {},
      deadLetterArn: configuration.DeadLetterConfig?.["TargetArn"],
    };
  }

  private withSettings(configuration: Configuration): Configuration {
    const { FunctionName, Version } = configuration;
    const LoggingConfig = { LogFormat: "Text", LogGroup: `/aws/lambda/${FunctionName}` };
    return { ...configuration, LoggingConfig, ...this.settings.get(`${FunctionName}:${Version}`) };
  }

  private async keepCode({ ZipFile, S3Bucket, S3Key }: z.infer<typeof CODE> = {}): Promise<void> {
    if (ZipFile !== undefined) this.code.keep(Buffer.from(ZipFile, "base64"));
    if (S3Bucket === undefined || S3Key === undefined) return;
    const object = await this.internals.aws.object(S3Bucket, S3Key).catch((error: Error) => {
      const message = `Error occurred while GetObject of s3://${S3Bucket}/${S3Key}. ${error.message}`;
      throw new AwsError("InvalidParameterValueException", message, 400);
    });
    this.code.keep(object);
  }
}

function isConfiguration(value: unknown): value is Configuration {
  return typeof value === "object" && value !== null && "CodeSha256" in value && "FunctionName" in value;
}
