import type { Call, Reply } from "./service";

/**
 * An AWS error in the protocol that the call speaks: JSON (with the type in `x-amzn-errortype` and `__type`), query XML
 * or S3's XML. SDKs read the code and the message out of each.
 */
export function awsError(call: Call, status: number, code: string, message: string): Reply {
  const json = { "content-type": "application/json", "x-amzn-errortype": code };
  switch (protocolOf(call)) {
    case "json":
      return { status, headers: json, body: JSON.stringify({ __type: code, message, Message: message }) };
    case "query":
      return {
        status,
        headers: {
          "content-type": "text/xml",
          ...(call.service === "sqs" && { "x-amzn-query-error": `${code};Sender` }),
        },
        body:
          `<ErrorResponse><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${xml(code)}</Code>` +
          `<Message>${xml(message)}</Message></Error><RequestId>${call.id}</RequestId></ErrorResponse>`,
      };
    case "s3":
      return {
        status,
        headers: { "content-type": "application/xml" },
        body:
          call.method === "HEAD"
            ? ""
            : `<Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message><RequestId>${call.id}</RequestId></Error>`,
      };
    case "s3control":
      return {
        status,
        headers: { "content-type": "application/xml" },
        body: `<ErrorResponse><Error><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error></ErrorResponse>`,
      };
  }
}

/** Text as XML character data. */
export function xml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function protocolOf(call: Call): "json" | "query" | "s3" | "s3control" {
  if (call.service === "s3") return call.path.startsWith("/v20180820/") ? "s3control" : "s3";
  const isForm = call.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  return isForm && call.headers["x-amz-target"] === undefined ? "query" : "json";
}
