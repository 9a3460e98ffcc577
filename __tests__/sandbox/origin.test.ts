import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import fc from "fast-check";
import { refuseWebPages } from "../../sandbox/gateway/origin";

function refused(url: string, headers: Record<string, string>): string | undefined {
  const message = Object.assign(new IncomingMessage(new Socket()), { url, headers });
  const reply = refuseWebPages(message);
  return reply && `${reply.status} ${(JSON.parse(String(reply.body)) as { message: string }).message}`;
}

const AWS_NAMES = [
  "sts.us-east-1.amazonaws.com",
  "bucket.with.dots.s3.eu-west-1.amazonaws.com",
  "123456789012.s3-control.cn-north-1.amazonaws.com.cn",
  "datazone.eu-west-1.api.aws",
];

test.each([
  "127.0.0.1:4566",
  "localhost:4566",
  "LOCALHOST",
  "localhost.:4566",
  "123456789012.127.0.0.1:4566",
  "my-bucket.localhost:4566",
  "my.dotted-bucket.127.0.0.1",
])("%s is the sandbox, direct and by the proxy", (host) => {
  expect(refused("/", { host })).toBeUndefined();
  expect(refused(`http://${host}/key`, { host })).toBeUndefined();
});

test.each(AWS_NAMES)("%s is the sandbox's by the proxy only", (host) => {
  expect(refused(`http://${host}/`, { host })).toBeUndefined();
  expect(refused(`http://${host}:80/`, { host: `${host}:80` })).toBeUndefined();
  expect(refused("/", { host })).toMatch(/^403 The sandbox refuses the host /);
});

test.each([
  "evil.example",
  "evil.example:4566",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "evil-localhost",
  "notamazonaws.com",
  "amazonaws.com.evil.example",
  "[::1]:4566",
  "127.0.0.2",
  "0.0.0.0",
  "",
])("%p is nobody's name here, direct or by the proxy", (host) => {
  expect(refused("/_sandbox/health", { host })).toMatch(/^403 The sandbox refuses the host /);
  expect(refused(`http://${host}/`, { host: "127.0.0.1:4566" })).toMatch(/^403 /);
  expect(refused("http://127.0.0.1:4566/", { host })).toMatch(/^403 /);
});

test("a request that names no host is refused", () => {
  expect(refused("/", {})).toMatch(/^403 The sandbox refuses the host none/);
});

test("a user's part of an address is not its name", () => {
  expect(refused("http://localhost@evil.example/", { host: "localhost" })).toMatch(/evil\.example/);
});

test("whatever a web page sends is refused, whatever it asks for", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("origin", "sec-fetch-site"),
      fc.constantFrom("null", "", "http://127.0.0.1:4566", "https://evil.example", "same-origin", "none"),
      fc.constantFrom("/", "/_sandbox/faults", "http://sts.us-east-1.amazonaws.com/"),
      (name, value, url) => {
        expect(refused(url, { host: "127.0.0.1:4566", [name]: value })).toBe(
          `403 The sandbox refuses requests with the header ${name}, which only web pages send.`,
        );
      },
    ),
  );
});
