import type { Call } from "../service";

/** The call with another body: what was said of the old one, its length and checksums, goes. */
export function withBody(call: Call, body: string): Call {
  const headers = Object.fromEntries(
    Object.entries(call.headers).filter(
      ([name]) => !/^(content-md5|content-length|x-amz-(sdk-)?checksum-.*)$/.test(name),
    ),
  );
  return {
    ...call,
    body: Buffer.from(body),
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
  };
}
