import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { getProxyForUrl } from "proxy-from-env";
import { pythonEnv } from "../../scripts/python-env";
import { isAwsName } from "./origin";

/** Everything that clients of the sandbox need to believe that it is AWS over https. */
export interface Certificate {
  /** A file with the authority that signed it, which is this sandbox's alone. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  readonly remove: () => Promise<void>;
}

/** @param addresses addresses of somebody else's servers, which it is for too */
export async function makeCertificate(...addresses: readonly string[]): Promise<Certificate> {
  const { python } = await pythonEnv();
  const { stdout } = await promisify(execFile)(python, [join(__dirname, "certificate.py"), ...addresses]);
  const { authority, certificate, key } = JSON.parse(stdout) as Omit<Certificate, "remove">;
  const folder = await mkdtemp(join(tmpdir(), "sandbox-authority-"));
  const file = join(folder, "authority.pem");
  await writeFile(file, authority);
  return { authority: file, certificate, key, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Makes a server its clients' https proxy: what goes to a name of AWS ends here, as everything else that is signed does; what
 * goes anywhere else, to a package index, goes there, through the person's own proxy where there is one.
 */
export function proxyHttps(server: Server, { certificate, key }: Certificate): { readonly end: () => void } {
  const open = new Set<Duplex>();
  server.on("connect", ({ url = "" }, socket: Duplex, head: Buffer) => {
    open.add(socket.on("close", () => open.delete(socket)));
    socket.on("error", () => socket.destroy());
    const [, host = "", port = "443"] = /^(.*?)(?::(\d+))?$/.exec(url) ?? [];
    if (!isAwsName(host)) return passThrough(host, Number(port), socket, head);
    socket.write(ESTABLISHED);
    if (head.length > 0) socket.unshift(head);
    const secure = new TLSSocket(socket as never, { isServer: true, cert: certificate, key });
    secure.on("error", () => secure.destroy());
    server.emit("connection", secure);
  });
  // The server no longer counts the sockets of tunnels as its own, so they are closed here.
  return { end: () => open.forEach((socket) => socket.destroy()) };
}

const ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

function passThrough(host: string, port: number, socket: Duplex, head: Buffer): void {
  const join = (upstream: Duplex, early?: Buffer): void => {
    upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.on("close", () => upstream.destroy());
    socket.write(ESTABLISHED);
    if (early?.length) socket.write(early);
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  };
  const fail = (): void => void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  const authority = `${host}:${port}`;
  const proxy = getProxyForUrl(`https://${authority}`);
  if (proxy === "") {
    const upstream = connect(port, host.replace(/^\[|\]$/g, ""), () => {
      upstream.off("error", fail);
      join(upstream);
    });
    upstream.once("error", fail);
    return;
  }
  const { hostname, port: proxyPort, username, password } = new URL(proxy);
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const headers = { host: authority, ...(username && { "proxy-authorization": `Basic ${login}` }) };
  request({ hostname, port: proxyPort || 80, method: "CONNECT", path: authority, headers })
    .on("connect", ({ statusCode }, upstream, early) => (statusCode === 200 ? join(upstream, early) : fail()))
    .on("response", fail)
    .on("error", fail)
    .end();
}
