import { describe as show, type LoadRequest, parseRequest } from "../../../functions/dataset-loader/request";

const parse = (configuration: unknown): LoadRequest => parseRequest(JSON.stringify(configuration));

const S3 = {
  source: { s3: { bucket: "samples", key: "tabular/abalone.csv" } },
  bucket: "data",
  prefixes: ["Product/", "UserA/"],
};
const HTTPS = {
  ...S3,
  source: { url: "https://example.com/sets/abalone%20data.csv?signature=secret" },
  sha256: "ab".repeat(32),
};

test("the file name comes from the source, or from the key", () => {
  expect(parse(S3).keys).toEqual(["Product/abalone.csv", "UserA/abalone.csv"]);
  expect(parse(HTTPS).keys).toEqual(["Product/abalone data.csv", "UserA/abalone data.csv"]);
  expect(parse({ ...S3, key: "a.csv" }).keys).toEqual(["Product/a.csv", "UserA/a.csv"]);
});

test("null is as good as absent, since that is how HCL says it", () => {
  const nothing = { sha256: null, key: null, kmsKeyArn: null };
  expect(parse({ ...S3, ...nothing, source: { ...S3.source, url: null } })).toEqual(parse(S3));
});

test("a digest is compared in lower case", () => {
  expect(parse({ ...S3, sha256: "AB".repeat(32) }).sha256).toBe("ab".repeat(32));
});

test("a URL's query is not shown", () => {
  expect(show(parse(HTTPS).source)).toBe("https://example.com/sets/abalone%20data.csv");
});

const wrong: [string, unknown, RegExp][] = [
  ["nothing", undefined, /DATASET: /],
  ["a public source without a digest", { ...HTTPS, sha256: null }, /sha256: is needed: a URL is public/],
  ["no source", { ...S3, source: {} }, /source: give exactly one of s3 and url/],
  ["two sources", { ...S3, source: { ...S3.source, ...HTTPS.source } }, /source: give exactly one of s3 and url/],
  ["http", { ...S3, source: { url: "http://example.com/a" } }, /source\.url: http:\/\/example\.com\/a is not https/],
  ["a file", { ...S3, source: { url: "file:///etc/passwd" } }, /source\.url: .* is not https/],
  ["no URL", { ...S3, source: { url: "example.com/a" } }, /source\.url: is not a URL/],
  [
    "credentials",
    { ...S3, source: { url: "https://u:p@example.com/a" } },
    /source\.url: .* must not carry credentials/,
  ],
  ["the metadata service", { ...S3, source: { url: "https://169.254.169.254/a" } }, /source\.url: .* are refused/],
  ["this host", { ...S3, source: { url: "https://[::1]/a" } }, /source\.url: .* are refused/],
  ["a file name that is not UTF-8", { ...S3, source: { url: "https://example.com/%ff" } }, /key: is needed/],
  ["no file name", { ...S3, source: { url: "https://example.com/" } }, /key: is needed/],
  [
    "a digest of another kind",
    { ...S3, sha256: "d41d8cd98f00b204e9800998ecf8427e" },
    /sha256: must be 64 hexadecimal digits/,
  ],
  ["a bucket's ARN", { ...S3, bucket: "arn:aws:s3:::data" }, /bucket: .* not an ARN/],
  ["no prefix", { ...S3, prefixes: [] }, /prefixes: /],
  ["a prefix without its slash", { ...S3, prefixes: ["Product"] }, /prefixes\.0: must end with '\/'/],
  ["a prefix twice", { ...S3, prefixes: ["A/", "A/"] }, /prefixes: holds a prefix twice/],
  ["too long a key", { ...S3, prefixes: [`${"ä".repeat(510)}/`] }, /prefixes: makes a key over 1024 bytes/],
  ["a key with a slash", { ...S3, key: "a/b" }, /key: must be a file name/],
  ["a key's id", { ...S3, kmsKeyArn: "alias/x" }, /kmsKeyArn: must be the ARN/],
  ["an unknown field", { ...S3, prefix: "A/" }, /prefix/],
];

test.each(wrong)("%s is refused", (_, event, message) => {
  expect(() => parse(event)).toThrow(message);
});

test.each([undefined, "", "{"])("a configuration that is no JSON (%j) is refused", (configuration) => {
  expect(() => parseRequest(configuration)).toThrow("The dataset loader's configuration is wrong: DATASET: ");
});
