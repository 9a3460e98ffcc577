import { ACCOUNT } from "../gateway/callers";
import { type Access as S3Access, accessesOf } from "../s3/access";
import { accessesOf as sageMakerAccesses } from "../sagemaker/access";
import type { Call } from "../service";

/** One permission that a call needs. */
export interface Access {
  readonly action: string;
  /** An ARN, or `*` where the action knows no resource, or the request names none. */
  readonly resource: string;
  /** Condition keys of the request itself: `s3:prefix`. */
  readonly context?: ConditionKeys;
}

export type ConditionKeys = Readonly<Record<string, string | string[]>>;

/** What a call needs, by the service authorization reference; the first is what the call is about. */
export function accessOf(call: Call): readonly [Access, ...Access[]] {
  const [about, ...besides] = (call.service === "s3" && accessesOf(call)) || [];
  if (about) return [inIam(about), ...besides.map(inIam)];
  if (call.service === "sagemaker") return sageMakerAccesses(call);
  const special = SERVICES[call.service === "s3" && call.path.startsWith("/v20180820/") ? "s3control" : call.service];
  const prefix = PREFIXES[call.service] ?? call.service;
  const { actions, resources } = special ?? {};
  const action = `${prefix}:${actions?.[call.operation] ?? call.operation}`;
  const [first = "*", ...rest] = resources?.(call, inputOf(call)) ?? [];
  return [{ action, resource: first }, ...rest.map((resource) => ({ action, resource }))];
}

/** An S3 access as IAM sees it: uploads in parts are listed without `s3:prefix`, by the service authorization reference. */
export function inIam({ action, bucket, key, prefix }: S3Access): Access {
  const resource = `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
  const hasPrefix = prefix !== undefined && action !== "s3:ListBucketMultipartUploads";
  return { action, resource, ...(hasPrefix && { context: { "s3:prefix": prefix } }) };
}

/**
 * IAM's prefix of a service where it differs from the name in the signature: calls of CloudWatch are signed for
 * `monitoring`.
 */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

type Input = Readonly<Record<string, unknown>>;

interface ServiceAccess {
  /** The action where it is not the operation's name. */
  readonly actions?: Readonly<Record<string, string>>;
  readonly resources: (call: Call, input: Input) => readonly string[];
}

const arn = (service: string, { region }: Call, resource: string) =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** A value that may be a name or an ARN already. */
const given = (value: unknown, make: (name: string) => string): string[] => {
  if (typeof value !== "string" || value === "") return [];
  return [value.startsWith("arn:") ? value : make(value)];
};

const SERVICES: Readonly<Record<string, ServiceAccess>> = {
  datazone: {
    resources: (call, input) =>
      given(
        call.parameters["domainIdentifier"] ??
          (/Domain$/.test(call.operation) ? call.parameters["identifier"] : input["domainId"]),
        (id) => arn("datazone", call, `domain/${id}`),
      ),
  },
  events: {
    resources: (call, input) => {
      const entries = Array.isArray(input["Entries"]) ? (input["Entries"] as Input[]) : [];
      const buses = new Set(entries.map(({ EventBusName }) => EventBusName ?? "default"));
      if (entries.length > 0)
        return [...buses].flatMap((bus) => given(bus, (name) => arn("events", call, `event-bus/${name}`)));
      return given(input["Rule"] ?? input["Name"], (name) => arn("events", call, `rule/${name}`));
    },
  },
  kms: {
    resources: (call, input) =>
      given(input["KeyId"], (id) => arn("kms", call, id.startsWith("alias/") ? id : `key/${id}`)),
  },
  lambda: {
    actions: { Invoke: "InvokeFunction" },
    resources: (call, input) => {
      const qualifier = call.query.get("Qualifier");
      const name = call.parameters["FunctionName"] ?? input["FunctionName"];
      return given(name, (text) => arn("lambda", call, `function:${text}`)).map((function_) =>
        qualifier ? `${function_}:${qualifier}` : function_,
      );
    },
  },
  logs: {
    resources: (call, input) => {
      const group = `log-group:${String(input["logGroupName"] ?? "*")}`;
      const stream = input["logStreamName"];
      return [arn("logs", call, stream === undefined ? group : `${group}:log-stream:${String(stream)}`)];
    },
  },
  s3: {
    // Calls about the account or a bucket, and rare ones: those about objects are in sandbox/s3/access.ts.
    actions: { ListBuckets: "ListAllMyBuckets" },
    resources: ({ parameters: { Bucket, Key } }) => {
      if (Bucket === undefined) return [];
      return [`arn:aws:s3:::${Bucket}${Key === undefined ? "" : `/${Key}`}`];
    },
  },
  s3control: {
    resources: (call) => [arn("s3", call, "access-grants/default")],
  },
  secretsmanager: {
    resources: (call, input) => given(input["SecretId"], (name) => arn("secretsmanager", call, `secret:${name}`)),
  },
  sns: {
    actions: { PublishBatch: "Publish" },
    resources: (_, input) => given(input["TopicArn"] ?? input["TargetArn"], (name) => name),
  },
  sqs: {
    actions: {
      ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
      DeleteMessageBatch: "DeleteMessage",
      SendMessageBatch: "SendMessage",
    },
    resources: (call, input) => {
      const url = input["QueueUrl"];
      const name = typeof url === "string" ? url.split("/").at(-1) : input["QueueName"];
      return given(input["SourceArn"] ?? name, (queue) => arn("sqs", call, queue));
    },
  },
  ssm: {
    resources: (call, input) => {
      const names = [input["Name"] ?? input["Path"] ?? input["Names"]].flat();
      return names.flatMap((name) =>
        given(name, (text) => arn("ssm", call, `parameter${text.startsWith("/") ? "" : "/"}${text}`)),
      );
    },
  },
  sts: {
    resources: (_, input) => given(input["RoleArn"], (name) => name),
  },
};

/** A call's input where it is in the body: a form or JSON. */
export function inputOf({ headers, body }: Call): Input {
  const text = body.toString();
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (!text.startsWith("{")) return {};
  try {
    return JSON.parse(text) as Input;
  } catch {
    return {};
  }
}
