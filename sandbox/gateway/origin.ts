import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { Reply } from "../service";

/** Names that lead here by themselves; with an account or a bucket in front where clients put one. */
const OWN = /^(?:[a-z0-9.-]+\.)?(?:127\.0\.0\.1|localhost)$/;

/** The services' names, which lead here where a client takes the sandbox for its HTTP proxy. */
const AWS = /^(?:[a-z0-9.-]+\.)?(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws|api\.amazonwebservices\.com\.cn)$/;

/**
 * Refuses what a web page in a browser of this machine sends: it could have the sandbox run code. Browsers say so in Origin
 * or Sec-Fetch-Site, and where a page's own name has been pointed at this machine, that name is the Host.
 */
export function refuseWebPages({ headers, url = "/", socket }: IncomingMessage): Reply | undefined {
  const telling = ["origin", "sec-fetch-site"].find((name) => headers[name] !== undefined);
  if (telling !== undefined) return refusal(`requests with the header ${telling}, which only web pages send`);
  const proxied = /^https?:\/\/([^/?]*)/i.exec(url)?.[1];
  const hosts = [proxied, headers.host].filter((host) => host !== undefined).map(nameOf);
  // A request over TLS has come through the proxy, to a name of AWS: there is no other way.
  const isByProxy = proxied !== undefined || socket instanceof TLSSocket;
  const isKnown = (host: string) => OWN.test(host) || (isByProxy && AWS.test(host));
  const foreign = hosts.length === 0 ? "none" : hosts.find((host) => !isKnown(host));
  return foreign === undefined
    ? undefined
    : refusal(
        `the host ${foreign}: use 127.0.0.1, localhost or a name below them, or an AWS name with the sandbox as HTTP proxy`,
      );
}

/** Whether a host is one of AWS's services. */
export const isAwsName = (host: string): boolean => AWS.test(nameOf(host));

/** Without user and port, and without the dot that ends a full name. */
const nameOf = (authority: string): string =>
  authority.replace(/^.*@/, "").replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();

const refusal = (what: string): Reply => ({
  status: 403,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: `The sandbox refuses ${what}.` }),
});
