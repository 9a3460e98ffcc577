import {
  GetDomainCommand,
  GetProjectCommand,
  GetSubscriptionRequestDetailsCommand,
  ListSubscriptionRequestsCommand,
} from "@aws-sdk/client-datazone";
import { departures } from "../../../sandbox/conformance/check";
import type { Exchange } from "../../../sandbox/conformance/record";
import { type Zone, accept, createProject, publish, request, startZone } from "../datazone/zone";

jest.setTimeout(30_000);

let zone: Zone;
let recorded: readonly Exchange[];

beforeAll(async () => {
  zone = await startZone();
  const { domainIdentifier } = zone;
  const publisher = await createProject(zone, "producer");
  const subscriber = await createProject(zone, "consumer");
  const { listingId } = await publish(zone, publisher);
  const identifier = await request(zone, "consumer", subscriber, listingId);
  await zone.as().send(new GetDomainCommand({ identifier: domainIdentifier }));
  await zone.as().send(new GetProjectCommand({ domainIdentifier, identifier: publisher }));
  await zone.as().send(new ListSubscriptionRequestsCommand({ domainIdentifier, status: "PENDING", maxResults: 7 }));
  await zone.as().send(new GetSubscriptionRequestDetailsCommand({ domainIdentifier, identifier }));
  await accept(zone, "producer", identifier);
  await expect(accept(zone, "producer", identifier)).rejects.toThrow();
  recorded = [...zone.exchanges];
});
afterAll(() => zone.stop());

type Json = Record<string, unknown>;

const encode = (text: string) => Buffer.from(text).toString("base64");
const decode = (base64: string) => Buffer.from(base64, "base64").toString("utf8");

const respond = (change: (body: Json) => unknown) => (exchange: Exchange) => {
  const body = JSON.parse(decode(exchange.responseBody)) as Json;
  return { ...exchange, responseBody: encode(JSON.stringify(change(body) ?? body)) };
};
const ask = (change: (body: Json) => unknown) => (exchange: Exchange) => {
  const body = JSON.parse(decode(exchange.body)) as Json;
  return { ...exchange, body: encode(JSON.stringify(change(body) ?? body)) };
};

function exchangeOf(operation: string, status = 200): Exchange {
  const found = recorded.find((one) => one.operation === operation && (status === 409) === (one.status === 409));
  if (!found) throw new Error(`No ${operation} was recorded.`);
  return found;
}

test("what nobody has tampered with passes", async () => {
  expect(recorded.length).toBeGreaterThanOrEqual(11);
  expect(await departures(recorded)).toEqual([]);
});

/** The departures of each exchange, all found in one run. */
async function byExchange(exchanges: readonly Exchange[]): Promise<string[]> {
  const lines = await departures(exchanges);
  return exchanges.map((_, index) => lines.filter((line) => line.startsWith(`${index + 1}:`)).join("\n"));
}

describe("caught in DataZone's rest-json:", () => {
  let found: Promise<string[]> | undefined;
  const first = (body: Json) => (body["items"] as Json[])[0] ?? {};
  const mistakes: readonly [string, string, (exchange: Exchange) => Exchange, RegExp, number?][] = [
    [
      "a missing required member",
      "GetProject",
      respond((body) => delete body["createdBy"] && body),
      /createdBy is missing/,
    ],
    ["an unknown member", "GetProject", respond((body) => void (body["owner"] = "x")), /owner is unknown/],
    ["a null", "GetProject", respond((body) => void (body["description"] = null)), /description is null/],
    ["a wrong enum value", "GetProject", respond((body) => void (body["projectStatus"] = "READY")), /not one of/],
    ["a broken pattern", "GetDomain", respond((body) => void (body["id"] = "d-1")), /id does not match/],
    ["a text that is too long", "GetProject", respond((body) => void (body["name"] = "n".repeat(65))), /length 65/],
    [
      "a number where ISO 8601 is due",
      "GetProject",
      respond((body) => void (body["createdAt"] = 1772366400)),
      /createdAt/,
    ],
    [
      "ISO 8601 where seconds are due",
      "GetDomain",
      respond((body) => void (body["createdAt"] = "2026-03-01T12:00:00Z")),
      /createdAt/,
    ],
    ["milliseconds for seconds", "GetDomain", respond((body) => void (body["createdAt"] = 1772366400250)), /plausible/],
    [
      "a time without a zone",
      "GetProject",
      respond((body) => void (body["createdAt"] = "2026-03-01T12:00:00")),
      /zone/,
    ],
    [
      "a member of a listed item",
      "ListSubscriptionRequests",
      respond((body) => void (first(body)["metadataForms"] = [])),
      /metadataForms is unknown/,
    ],
    [
      "an empty union",
      "ListSubscriptionRequests",
      respond((body) => void (first(body)["subscribedPrincipals"] = [{}])),
      /members of a union/,
    ],
    [
      "a list that is too long",
      "GetSubscriptionRequestDetails",
      respond(
        (body) => void (body["subscribedPrincipals"] as unknown[]).push((body["subscribedPrincipals"] as unknown[])[0]),
      ),
      /length 2/,
    ],
    ["a wrong status", "CreateProject", (exchange) => ({ ...exchange, status: 200 }), /status 200, the model says 201/],
    [
      "a body that is no JSON",
      "GetProject",
      (exchange) => ({ ...exchange, responseBody: encode("<html>") }),
      /response/,
    ],
    [
      "a required member not asked for",
      "CreateProject",
      ask((body) => delete body["name"] && body),
      /request: .name is missing/,
    ],
    [
      "a parameter nobody knows",
      "ListSubscriptionRequests",
      (exchange) => ({ ...exchange, query: [...exchange.query, ["state", "x"]] }),
      /unknown parameter state/,
    ],
    [
      "an enum value in the query",
      "ListSubscriptionRequests",
      (exchange) => ({ ...exchange, query: [["status", "OPEN"]] }),
      /status is 'OPEN'/,
    ],
    [
      "a number in the query",
      "ListSubscriptionRequests",
      (exchange) => ({ ...exchange, query: [["maxResults", "51"]] }),
      /value 51/,
    ],
    [
      "a pattern in the path",
      "GetDomain",
      (exchange) => ({ ...exchange, path: "/v2/domains/d-1" }),
      /identifier does not match/,
    ],
    ["a path without an operation", "GetDomain", (exchange) => ({ ...exchange, path: "/v3/domains" }), /no operation/],
    [
      "an operation by another name",
      "GetDomain",
      (exchange) => ({ ...exchange, operation: "GetProject" }),
      /recorded as GetProject/,
    ],
    [
      "an error without a code",
      "AcceptSubscriptionRequest",
      (exchange) => ({ ...exchange, responseHeaders: {}, responseBody: encode('{"message":"no"}') }),
      /no code/,
      409,
    ],
    [
      "an error with another status",
      "AcceptSubscriptionRequest",
      (exchange) => ({ ...exchange, status: 400 }),
      /model says 409/,
      409,
    ],
    ["an error without a message", "AcceptSubscriptionRequest", respond(() => ({})), /missing message/, 409],
    [
      "an error of somebody else",
      "AcceptSubscriptionRequest",
      (exchange) => ({ ...exchange, responseHeaders: { "x-amzn-errortype": "ResourceInUse" } }),
      /not among/,
      409,
    ],
  ];

  test.each(mistakes.map(([title, , , expected], index) => ({ title, expected, index })))(
    "$title",
    async ({ expected, index }) => {
      found ??= byExchange(mistakes.map(([, operation, tamper, , status]) => tamper(exchangeOf(operation, status))));
      expect((await found)[index]).toMatch(expected);
    },
  );

  test("any member of any response that has a wrong type", async () => {
    const mutants = recorded.filter(({ status }) => status < 400).flatMap(everyMemberMistyped);
    expect(mutants.length).toBeGreaterThan(100);
    expect((await byExchange(mutants)).flatMap((line, index) => (line === "" ? [index] : []))).toEqual([]);
  });
});

/** One copy of the exchange for each member of its response, with that member's value replaced by what none can be. */
function everyMemberMistyped(exchange: Exchange): Exchange[] {
  const body = JSON.parse(decode(exchange.responseBody) || "{}") as Json;
  const paths = (value: unknown): (string | number)[][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [[key], ...paths(inner).map((rest) => [key, ...rest])])
      : [];
  return paths(body).map((path) => {
    const copy = structuredClone(body);
    const parent = path.slice(0, -1).reduce<Json>((value, key) => value[key] as Json, copy);
    parent[path.at(-1) ?? ""] = [[]];
    return { ...exchange, responseBody: encode(JSON.stringify(copy)) };
  });
}

describe("other protocols", () => {
  const exchange = (part: Partial<Exchange>): Exchange => ({
    service: "",
    operation: "",
    method: "POST",
    path: "/",
    query: [],
    headers: {},
    body: "",
    status: 200,
    responseHeaders: {},
    responseBody: "",
    ...part,
  });
  const grant = (permission: string) =>
    encode(
      `<GetDataAccessResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Credentials><AccessKeyId>ASIA1</AccessKeyId>` +
        `<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-03-01T13:00:00Z</Expiration></Credentials>` +
        `<MatchedGrantTarget>s3://b/p/*</MatchedGrantTarget><Grantee><GranteeType>${permission}</GranteeType></Grantee></GetDataAccessResult>`,
    );
  const dataAccess = exchange({
    service: "s3",
    operation: "GetDataAccess",
    method: "GET",
    path: "/v20180820/accessgrantsinstance/dataaccess",
    query: [
      ["target", "s3://b/p/*"],
      ["permission", "READ"],
      ["durationSeconds", "900"],
    ],
    headers: { "x-amz-account-id": "123456789012" },
    responseBody: grant("IAM"),
  });
  const userProfile = exchange({
    service: "sagemaker",
    operation: "DescribeUserProfile",
    headers: { "x-amz-target": "SageMaker.DescribeUserProfile" },
    body: encode('{"DomainId":"d-abc","UserProfileName":"userA"}'),
    responseBody: encode('{"UserProfileName":"userA","Status":"InService","CreationTime":1772366400.25}'),
  });
  const membership = exchange({
    service: "cloudformation",
    operation: "DescribeStacks",
    body: encode("Action=DescribeStacks&Version=2010-05-15&StackName=members"),
    responseBody: encode(
      "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>members</StackName>" +
        "<CreationTime>2026-03-01T12:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>" +
        "</DescribeStacksResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeStacksResponse>",
    ),
  });
  const replaced = (one: Exchange, from: string, to: string) => ({
    ...one,
    responseBody: encode(decode(one.responseBody).replace(from, to)),
  });

  test("pass where they are right", async () => {
    expect(await departures([dataAccess, userProfile, membership])).toEqual([]);
  });

  let found: Promise<string[]> | undefined;
  const mistakes: readonly (readonly [string, Exchange, RegExp])[] = [
    ["rest-xml: an enum value", replaced(dataAccess, ">IAM<", ">USER<"), /GranteeType is 'USER'/],
    ["rest-xml: a time", replaced(dataAccess, "2026-03-01T13:00:00Z", "tomorrow"), /Expiration is not a time/],
    [
      "rest-xml: an unknown element",
      replaced(dataAccess, "<Grantee>", "<Owner>x</Owner><Grantee>"),
      /Owner is unknown/,
    ],
    ["rest-xml: a required header", { ...dataAccess, headers: {} }, /AccountId is missing/],
    [
      "rest-xml: a value out of range",
      { ...dataAccess, query: [...dataAccess.query.slice(0, 2), ["durationSeconds", "60"] as const] },
      /value 60/,
    ],
    [
      "rest-xml: an error without its element",
      { ...dataAccess, status: 403, responseBody: encode("<Denied/>") },
      /no Error element/,
    ],
    [
      "json: an unknown operation",
      { ...userProfile, headers: { "x-amz-target": "SageMaker.GetUser" } },
      /no operation/,
    ],
    ["json: a time as text", replaced(userProfile, "1772366400.25", '"2026-03-01"'), /CreationTime/],
    [
      "json: an error that is not the operation's",
      { ...userProfile, status: 400, responseHeaders: { "x-amzn-errortype": "NotFound" }, responseBody: encode("{}") },
      /not among/,
    ],
    [
      "query: an unknown parameter",
      { ...membership, body: encode("Action=DescribeStacks&Version=1&Name=members") },
      /unknown parameter Name/,
    ],
    [
      "query: a missing required member",
      replaced(membership, "<StackName>members</StackName>", ""),
      /StackName is missing/,
    ],
    [
      "query: a wrong element in a list",
      replaced(replaced(membership, "<member>", "<item>"), "</member>", "</item>"),
      /<item> in a list/,
    ],
    ["a service that botocore does not know", { ...membership, service: "nothing" }, /no such service/],
  ];

  test.each(mistakes.map(([title, , expected], index) => ({ title, expected, index })))(
    "$title is caught",
    async ({ expected, index }) => {
      found ??= byExchange(mistakes.map(([, one]) => one));
      expect((await found)[index]).toMatch(expected);
    },
  );
});
