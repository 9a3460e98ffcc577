import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { pythonEnv } from "../../scripts/python-env";

/** A shape of a botocore service model, as far as the sandbox reads it. */
export interface Shape {
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "boolean"
    | "integer"
    | "long"
    | "float"
    | "double"
    | "timestamp"
    | "blob";
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly union?: boolean;
  readonly document?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly timestampFormat?: "iso8601" | "unixTimestamp" | "rfc822";
  readonly error?: { readonly httpStatusCode: number };
}

export interface Member {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly idempotencyToken?: boolean;
}

export interface OperationModel {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string };
  readonly errors?: readonly { readonly shape: string }[];
}

export interface ServiceModel {
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * A service's model as the pinned AWS CLI and boto3 read it themselves: the sandbox routes, validates and answers by it
 * instead of by a copy of our own that could be wrong.
 *
 * @param service botocore's name and API version of the service, such as `datazone/2018-05-10`
 */
export async function serviceModel(service: string): Promise<ServiceModel> {
  const library = join(dirname((await pythonEnv()).bin), "lib");
  const [python] = (await readdir(library)).filter((name) => name.startsWith("python"));
  if (python === undefined) throw new Error(`The sandbox's Python environment has no packages in ${library}.`);
  const file = join(library, python, "site-packages", "botocore", "data", service, "service-2.json.gz");
  return JSON.parse((await promisify(gunzip)(await readFile(file))).toString("utf8")) as ServiceModel;
}

export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`The service model has no shape ${name}.`);
  return shape;
}
