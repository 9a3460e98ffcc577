import { lookup } from "node:dns";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";

/** A source that has answered: its bytes, and how many it says there are. */
export interface Opened {
  readonly body: Readable;
  readonly bytes?: number;
}

const MAXIMUM_REDIRECTS = 5;
const SILENCE_MS = 30_000;

/**
 * Addresses that no data set is served from: this host, link-local addresses (the metadata services are there), and
 * addresses of no single host. IPv6 addresses that hold an IPv4 address are refused as well: translated, compatible and
 * 6to4. Mapped ones (`::ffff:…`) are judged by the IPv4 rules. Private networks are allowed: a loader in a VPC may load
 * from a server in it, and it is the deployer who names the source.
 */
const refused = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["224.0.0.0", 3],
] as const) {
  refused.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::", 96],
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["fe80::", 10],
  ["fd00:ec2::", 32],
  ["ff00::", 8],
] as const) {
  refused.addSubnet(network, bits, "ipv6");
}

/**
 * Refuses URLs that the loader must not fetch: those that are not https, hold credentials, or lead to this host or a
 * metadata service.
 *
 * @throws Error what is wrong, without the URL's query
 */
export function checkUrl(url: URL): URL {
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.protocol !== "https:") throw new Error(`${shown} is not https`);
  if (url.username || url.password) throw new Error(`${shown} must not carry credentials`);
  checkAddress(url.hostname.replace(/^\[|\]$/g, ""), shown);
  return url;
}

function checkAddress(address: string, shown: string): void {
  const version = isIP(address);
  if (version && refused.check(address, version === 4 ? "ipv4" : "ipv6")) {
    throw new Error(`${shown} is at ${address}: loopback, link-local and metadata addresses are refused`);
  }
}

/**
 * Looks a name up as the system does, and refuses addresses at the moment of connecting, so that the name cannot lead
 * elsewhere between a check and the connection.
 */
const guardedLookup: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    try {
      for (const { address } of addresses) checkAddress(address, hostname);
    } catch (refusal) {
      return callback(refusal as Error, []);
    }
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });

/** The part of `https.request` that is used; tests put another transport in its place. */
export type Request = (
  url: URL,
  options: RequestOptions,
  onResponse: (response: IncomingMessage) => void,
) => ReturnType<typeof httpsRequest>;

/**
 * Opens an https source, over at most five redirects, each held to the same rules as the first URL.
 *
 * @throws Error with the status, or the rule that was broken; a body that falls silent for 30 s or ends early is an
 *   error of the stream
 */
export async function openHttps(url: URL, signal: AbortSignal, request: Request = httpsRequest): Promise<Opened> {
  let at = url;
  for (let redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
    const response = await get(at, signal, request);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) {
      const encoding = headers["content-encoding"] ?? "identity";
      if (encoding !== "identity") {
        response.destroy();
        throw new Error(`${at.host} answered with content-encoding ${encoding}, which was not asked for`);
      }
      const length = headers["content-length"];
      return { body: response, ...(length !== undefined && { bytes: Number(length) }) };
    }
    response.destroy();
    if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) {
      throw new Error(`${at.host} answered with HTTP status ${statusCode}`);
    }
    const next = new URL(headers.location, at);
    try {
      at = checkUrl(next);
    } catch (refusal) {
      throw new Error(`${at.host} redirects, and the redirect is refused: ${(refusal as Error).message}`);
    }
  }
  throw new Error(`${url.host} redirects more than ${MAXIMUM_REDIRECTS} times`);
}

function get(url: URL, signal: AbortSignal, request: Request): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Its own connection: one from a pool would not have passed the guarded look-up.
    const options = { signal, agent: false, lookup: guardedLookup, headers: { "accept-encoding": "identity" } };
    let response: IncomingMessage | undefined;
    const call = request(url, options, (answer) => {
      response = answer;
      resolve(answer);
    });
    call.setTimeout(SILENCE_MS, () => {
      // Where received bytes wait to be read, the silence is ours: the uploads are slower than the source.
      if (response === undefined || response.readableLength === 0) {
        (response ?? call).destroy(new Error(`${url.host} sent nothing for ${SILENCE_MS / 1000} s`));
      }
    });
    call.on("error", (error) => reject(error));
    call.end();
  });
}
