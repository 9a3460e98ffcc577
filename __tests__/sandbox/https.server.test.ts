import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect, createServer as createTcp, type Server, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { startSandbox, type Sandbox } from "../../sandbox";

// Each starts a Python with boto3.
jest.setTimeout(60_000);

let sandbox: Sandbox;

beforeAll(async () => void (sandbox = await startSandbox()), 120_000);
afterAll(() => sandbox.stop());
const opened: Socket[] = [];
afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
  for (const name of ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]) delete process.env[name];
});

/** What boto3 prints in the sandbox's shell. */
async function python(program: string, env: Record<string, string> = {}): Promise<string> {
  const all = { ...sandbox.env, ...env };
  return (await promisify(execFile)("python", ["-c", `import boto3\n${program}`], { env: all })).stdout.trim();
}

test.each([
  "sts.us-east-1.amazonaws.com",
  "sts.eu-west-1.amazonaws.com",
  "sts.amazonaws.com",
  "sts.cn-north-1.amazonaws.com.cn",
])("a built-in https://%s is the sandbox", async (host) => {
  const client = `boto3.client("sts", region_name="us-east-1", endpoint_url="https://${host}")`;
  expect(await python(`print(${client}.get_caller_identity()["Account"])`)).toBe("123456789012");
});

test("a client that knows nothing of AWS_ENDPOINT_URL is in the sandbox with everything it asks, in every Region", async () => {
  const program = [
    `print(boto3.client("s3control", region_name="eu-west-1").list_access_grants_instances(AccountId="123456789012")["AccessGrantsInstancesList"])`,
    `boto3.client("s3").create_bucket(Bucket="by-https")`,
    `boto3.client("s3").put_object(Bucket="by-https", Key="a/b", Body=b"data")`,
    `print(boto3.client("s3").get_object(Bucket="by-https", Key="a/b")["Body"].read())`,
    `print([bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]])`,
    `print(boto3.client("datazone", region_name="eu-west-1").list_domains()["items"])`,
  ];
  expect((await python(program.join("\n"), { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).split("\n")).toEqual([
    "[]",
    "b'data'",
    "['by-https']",
    "[]",
  ]);
});

test("without the sandbox's authority nobody believes that it is AWS", async () => {
  const client = `boto3.client("sts", endpoint_url="https://sts.us-east-1.amazonaws.com", verify=certifi.where())`;
  await expect(python(`import certifi\n${client}.get_caller_identity()`)).rejects.toThrow("CERTIFICATE_VERIFY_FAILED");
});

/** A tunnel that the sandbox's proxy opens, and the status it answers. */
function tunnel(to: string): Promise<{ readonly status: number; readonly socket: Socket }> {
  const { hostname, port } = new URL(sandbox.endpoint);
  return new Promise((resolve, reject) => {
    request({ hostname, port, method: "CONNECT", path: to })
      .on("connect", ({ statusCode = 0 }, socket) => {
        opened.push(socket);
        resolve({ status: statusCode, socket });
      })
      .on("error", reject)
      .end();
  });
}

/** Something on this machine that is not AWS: it says what it was told. */
async function listening(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const echo = () => createTcp((socket) => socket.on("error", () => undefined).pipe(socket));

async function said(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return answer.toString();
}

test("what is not AWS is reached as ever: package indexes", async () => {
  const server = echo();
  const { status, socket } = await tunnel(await listening(server));
  expect(status).toBe(200);
  expect(await said(socket, "hello")).toBe("hello");
  server.close();
  expect((await tunnel("127.0.0.1:1")).status).toBe(502);
});

test("by the person's own proxy where there is one, except where that is not wanted", async () => {
  const server = echo();
  const asked: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on("connect", ({ url, headers }, socket: Socket) => {
    asked.push(`${url} ${headers["proxy-authorization"]}`);
    const [, port] = /:(\d+)$/.exec(own) ?? [];
    const upstream = connect(Number(port), "127.0.0.1");
    opened.push(upstream, socket);
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    socket
      .on("error", () => undefined)
      .pipe(upstream)
      .pipe(socket);
  });
  const own = await listening(server);
  process.env["HTTPS_PROXY"] = `http://me:pass%20word@${await listening(proxy)}`;
  process.env["NO_PROXY"] = "127.0.0.1";
  const { socket } = await tunnel("packages.example:443");
  expect(await said(socket, "hello")).toBe("hello");
  expect(asked).toEqual([`packages.example:443 Basic ${Buffer.from("me:pass word").toString("base64")}`]);
  expect(await said((await tunnel(own)).socket, "direct")).toBe("direct");
  // AWS is the sandbox all the same.
  const { socket: aws } = await tunnel("sts.us-east-1.amazonaws.com:443");
  aws.destroy();
  expect(asked).toHaveLength(1);
  server.close();
  proxy.close();
});

test("an encrypted request is for AWS, or refused", async () => {
  const status = async (host: string): Promise<string> => {
    const { socket } = await tunnel("sts.us-east-1.amazonaws.com:443");
    const ca = readFileSync(sandbox.env["AWS_CA_BUNDLE"]!);
    const secure = connectTls({ socket, ca, servername: "sts.us-east-1.amazonaws.com" });
    await once(secure, "secureConnect");
    secure.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const [answer] = (await once(secure, "data")) as [Buffer];
    secure.destroy();
    return answer.toString();
  };
  expect(await status("evil.example")).toContain("The sandbox refuses the host evil.example");
  expect(await status("sts.us-east-1.amazonaws.com")).toContain("The request is not signed");
});
