import { inPathStyle } from "../../sandbox/gateway/request";

test.each([
  ["my-bucket.s3.amazonaws.com", "s3.amazonaws.com"],
  ["my-bucket.s3.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"],
  ["my-bucket.s3-eu-west-1.amazonaws.com", "s3-eu-west-1.amazonaws.com"],
  ["my-bucket.s3.dualstack.us-east-1.amazonaws.com", "s3.dualstack.us-east-1.amazonaws.com"],
  ["my-bucket.s3.cn-north-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com.cn"],
  ["my-bucket.127.0.0.1:4566", "127.0.0.1:4566"],
  ["my-bucket.localhost:4566", "localhost:4566"],
])("%s names a bucket", (host, rest) => {
  expect(inPathStyle("s3", host, "/UserA/x")).toEqual({ path: "/my-bucket/UserA/x", host: rest });
});

test("a bucket's name may have dots", () => {
  const host = "my.dotted.bucket.s3.us-east-1.amazonaws.com";
  expect(inPathStyle("s3", host, "/")).toMatchObject({ path: "/my.dotted.bucket/" });
});

test.each([
  ["s3", "s3.us-east-1.amazonaws.com", "/bucket/key"],
  ["s3", "127.0.0.1:4566", "/bucket/key"],
  ["s3", "localhost:4566", "/bucket/key"],
  ["s3", "123456789012.s3-control.us-east-1.amazonaws.com", "/v20180820/accessgrantsinstance"],
  ["s3", "123456789012.127.0.0.1:4566", "/v20180820/accessgrantsinstance"],
  ["sts", "sts.us-east-1.amazonaws.com", "/"],
  ["lambda", "something.127.0.0.1:4566", "/2015-03-31/functions"],
])("%s at %s names none", (service, host, path) => {
  expect(inPathStyle(service, host, path)).toEqual({ path, host });
});
