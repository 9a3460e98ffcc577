import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { type Certificate, makeCertificate } from "../../sandbox/gateway/https";

const TRUSTED = "NODE_EXTRA_CA_CERTS";

/**
 * Somebody's website with one file, over HTTPS, at an address of this machine that is not the loopback one, which the loader refuses. While
 * it is open, functions in sandboxes of this process trust its certificate.
 */
export class Website {
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  private readonly trustedBefore = process.env[TRUSTED];

  private constructor(
    readonly origin: string,
    private readonly server: Server,
    private readonly certificate: Certificate,
  ) {
    process.env[TRUSTED] = certificate.authority;
    server.on("request", ({ url = "" }) => this.asked.push(url));
  }

  /** @throws Error where this machine has no address but the loopback one */
  static async open(content: Buffer): Promise<Website> {
    const address = ownAddress();
    const made = await makeCertificate(address);
    const server = createServer({ cert: made.certificate, key: made.key }, (_, response) => response.end(content));
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const { port } = server.address() as AddressInfo;
    return new Website(`https://${address}:${port}`, server, made);
  }

  async close(): Promise<void> {
    if (this.trustedBefore === undefined) delete process.env[TRUSTED];
    else process.env[TRUSTED] = this.trustedBefore;
    this.server.closeAllConnections();
    this.server.close();
    await this.certificate.remove();
  }
}

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const isOwn = ({ internal, family, address }: (typeof addresses)[number]): boolean =>
    !internal && family === "IPv4" && !address.startsWith("169.254.");
  const own = addresses.find(isOwn);
  if (own === undefined)
    throw new Error("the loader refuses loopback addresses, and this machine has no other: connect it to a network");
  return own.address;
}
