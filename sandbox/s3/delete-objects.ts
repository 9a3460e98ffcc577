import { XMLParser } from "fast-xml-parser";
import { isRecord } from "../datazone/validation";
import { xml } from "../errors";
import type { Call, Reply } from "../service";
import { type Access, addressOf } from "./access";
import { withBody } from "./body";

interface Entry {
  readonly Key: string;
  readonly VersionId?: string;
}

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  htmlEntities: true,
  isArray: (name) => name === "Object",
});

/**
 * DeleteObjects: every key is judged by itself, and one that may not be deleted is an error in an answer that is 200 all
 * the same (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
 *
 * @param denial says why an access is refused; undefined where it is not
 */
export async function deleteObjects(
  call: Call,
  denial: (access: Access) => Promise<string | undefined>,
  moto: (call: Call) => Promise<Reply>,
): Promise<Reply | undefined> {
  const request = parse(call.body);
  if (request === undefined) return undefined;
  const { bucket } = addressOf(call.path);
  const judged = await Promise.all(
    request.entries.map(async (entry) => {
      const action = entry.VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
      return { entry, reason: await denial({ action, bucket, key: entry.Key }) };
    }),
  );
  const allowed = judged.filter(({ reason }) => reason === undefined).map(({ entry }) => entry);
  const errors = judged
    .flatMap(({ entry, reason }) => (reason === undefined ? [] : [errorXml(entry, reason)]))
    .join("");
  if (allowed.length === 0) return result(errors);
  // What was judged is what is passed on, not what moto might read in the same bytes.
  const reply = await moto(withBody(call, body(allowed, request.quiet)));
  if (reply.status !== 200) return reply;
  const merged = (reply.body ?? "")
    .toString()
    .replace(/<\/DeleteResult>\s*$|<DeleteResult([^>]*)\/>\s*$/, (end, attributes?: string) =>
      end.startsWith("</") ? `${errors}${end}` : `<DeleteResult${attributes ?? ""}>${errors}</DeleteResult>`,
    );
  return { ...reply, body: merged, headers: withoutLength(reply.headers) };
}

function parse(bytes: Buffer): { readonly entries: readonly Entry[]; readonly quiet: boolean } | undefined {
  let document: unknown;
  try {
    document = parser.parse(bytes.toString("utf8"), true);
  } catch {
    return undefined;
  }
  const root = isRecord(document) ? document["Delete"] : undefined;
  const objects = isRecord(root) ? root["Object"] : undefined;
  if (!isRecord(root) || !Array.isArray(objects)) return undefined;
  const entries: Entry[] = [];
  for (const object of objects) {
    if (!isRecord(object) || typeof object["Key"] !== "string") return undefined;
    const version = object["VersionId"];
    entries.push({ Key: object["Key"], ...(typeof version === "string" && { VersionId: version }) });
  }
  return { entries, quiet: root["Quiet"] === "true" };
}

function body(entries: readonly Entry[], quiet: boolean): string {
  const objects = entries.map(({ Key, VersionId }) => {
    const version = VersionId === undefined ? "" : `<VersionId>${xml(VersionId)}</VersionId>`;
    return `<Object><Key>${xml(Key)}</Key>${version}</Object>`;
  });
  return `<Delete>${objects.join("")}<Quiet>${quiet}</Quiet></Delete>`;
}

function result(errors: string): Reply {
  const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?><DeleteResult xmlns="${namespace}">${errors}</DeleteResult>`,
  };
}

function errorXml({ Key, VersionId }: Entry, reason: string): string {
  const version = VersionId === undefined ? "" : `<VersionId>${xml(VersionId)}</VersionId>`;
  return `<Error><Key>${xml(Key)}</Key>${version}<Code>AccessDenied</Code><Message>${xml(reason)}</Message></Error>`;
}

function withoutLength(headers: Reply["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length"));
}
