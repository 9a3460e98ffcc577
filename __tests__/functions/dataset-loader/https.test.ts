import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { checkUrl, openHttps, type Request } from "../../../functions/dataset-loader/https";

const signal = new AbortController().signal;
const START = new URL("https://example.com/start");
let server: Server | undefined;

/** The loader's own client over plain HTTP to a local server, whatever the host: all of it but TLS and the look-up. */
async function serving(listener: RequestListener): Promise<Request> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return (url, { headers, signal }, onResponse) =>
    httpRequest(
      { host: "127.0.0.1", port, path: url.pathname, headers: { ...headers, host: url.host }, signal },
      onResponse,
    );
}

/** The same client, whose time-out comes when the test says so; `asked` holds after how many milliseconds it should. */
function patient(request: Request): { request: Request; silence: () => void; asked: number[] } {
  let timedOut = (): void => undefined;
  const asked: number[] = [];
  return {
    asked,
    silence: () => timedOut(),
    request: (...args) => {
      const call = request(...args);
      call.setTimeout = (milliseconds, listener = () => undefined) => {
        asked.push(milliseconds);
        timedOut = listener;
        return call;
      };
      return call;
    },
  };
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

test("gives the bytes and the announced length", async () => {
  const request = await serving((_, response) => response.setHeader("content-length", 5).end("hello"));
  const { body, bytes } = await openHttps(START, signal, request);
  expect([await text(body), bytes]).toEqual(["hello", 5]);
});

test("follows redirects to https, to another host too", async () => {
  const seen: (string | undefined)[] = [];
  const request = await serving(({ url, headers }, response) => {
    seen.push(headers.host);
    if (url === "/start") response.writeHead(302, { location: "https://example.org/next" }).end();
    else if (url === "/next") response.writeHead(307, { location: "/end" }).end();
    else response.end("hello");
  });
  expect(await text((await openHttps(START, signal, request)).body)).toBe("hello");
  expect(seen).toEqual(["example.com", "example.org", "example.org"]);
});

test.each([
  ["http://example.com/", "http://example.com/ is not https"],
  [
    "https://169.254.169.254/latest/meta-data/",
    "is at 169.254.169.254: loopback, link-local and metadata addresses are refused",
  ],
  ["https://u:p@example.com/", "must not carry credentials"],
])("refuses a redirect to %s", async (location, reason) => {
  const request = await serving((_, response) => response.writeHead(302, { location }).end());
  await expect(openHttps(START, signal, request)).rejects.toThrow(`example.com redirects, and the redirect is refused`);
  await expect(openHttps(START, signal, request)).rejects.toThrow(reason);
});

test("gives up after five redirects", async () => {
  const request = await serving((_, response) => response.writeHead(302, { location: "/start" }).end());
  await expect(openHttps(START, signal, request)).rejects.toThrow("example.com redirects more than 5 times");
});

test.each([204, 206, 304, 403, 404, 500])("refuses status %d", async (status) => {
  const request = await serving((_, response) => response.writeHead(status).end());
  await expect(openHttps(START, signal, request)).rejects.toThrow(`example.com answered with HTTP status ${status}`);
});

test("refuses a body in another encoding than was asked for", async () => {
  const request = await serving((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"));
  await expect(openHttps(START, signal, request)).rejects.toThrow("content-encoding gzip");
});

test.each([
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://0.0.0.0/",
])("%s is refused", (url) => {
  expect(() => checkUrl(new URL(url))).toThrow("are refused");
});

test.each([
  "https://2130706433/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://[fe80::1]/",
  "https://[fd00:ec2::254]/",
  "https://[::127.0.0.1]/",
  "https://[::ffff:0:127.0.0.1]/",
  "https://[64:ff9b:1::a9fe:a9fe]/",
  "https://[2002:a9fe:a9fe::]/",
])("%s, another spelling of such an address, is refused", (url) => {
  expect(() => checkUrl(new URL(url))).toThrow("are refused");
});

test.each(["https://10.0.0.5/", "https://93.184.216.34/", "https://[2606:2800:220:1::1]/"])("%s is allowed", (url) => {
  expect(checkUrl(new URL(url)).href).toBe(url);
});

test("gives up on a server that falls silent for half a minute, before the answer", async () => {
  let arrived = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (arrived = resolve));
  const { request, silence, asked } = patient(await serving(() => arrived()));
  const opened = openHttps(START, signal, request);
  await isAsked;
  silence();
  await expect(opened).rejects.toThrow("example.com sent nothing for 30 s");
  expect(asked).toEqual([30_000]);
});

test("gives up on a server that falls silent in its answer", async () => {
  const { request, silence } = patient(await serving((_, response) => void response.write("hel")));
  const { body } = await openHttps(START, signal, request);
  const read = once(body, "data").then(silence);
  await expect(once(body, "end")).rejects.toThrow("example.com sent nothing for 30 s");
  await read;
});

test("waits for a reader that is slower than the server", async () => {
  const data = "x".repeat(4 << 20);
  const { request, silence } = patient(await serving((_, response) => response.end(data)));
  const { body } = await openHttps(START, signal, request);
  await once(body, "readable");
  silence();
  body.removeAllListeners("readable");
  expect(await text(body)).toBe(data);
});

test("a name is judged by the address that it resolves to", async () => {
  let connections = 0;
  server = createServer();
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
  await expect(openHttps(url, signal)).rejects.toThrow(/^localhost is at (127\.0\.0\.1|::1): loopback/);
  expect(connections).toBe(0);
});
