import { clients } from "../../../functions/approver/clients";
import { readConfig, readProjects } from "../../../functions/approver/config";
import { isPermanent } from "../../../functions/approver/errors";
import { awsError, conflict, denied, notFound, throttled } from "./fake";

const fromTemporaryCredentials = jest.fn<() => Promise<object>, [unknown]>(() => async () => ({
  accessKeyId: "assumed",
  secretAccessKey: "s",
}));
jest.mock("@aws-sdk/credential-providers", () => ({
  fromTemporaryCredentials: (options: unknown) => fromTemporaryCredentials(options),
}));

const DIGEST = "0123456789abcdef".repeat(4);
const ENV = {
  APPROVER_NAME: "sales",
  ENVIRONMENT: "dev",
  DOMAIN_ID: "dzd_abc",
  PROJECTS_PATH: `/sales/projects/1/${DIGEST}`,
  POLICIES_PATH: `/sales/policies/${DIGEST}`,
  QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales",
  DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111122223333/sales-dead-letters",
  TOPIC_ARN: "arn:aws-cn:sns:cn-north-1:111122223333:sales",
  OPERATORS_TOPIC_ARN: "arn:aws-cn:sns:cn-north-1:111122223333:sales-operators",
  MEMBER_ROLE_ARN: "arn:aws-cn:iam::111122223333:role/some/path/sales",
};

describe("the settings", () => {
  it("have defaults, and the digest from the policies' path", () => {
    expect(readConfig(ENV)).toEqual({
      name: "sales",
      environment: "dev",
      domainId: "dzd_abc",
      deadLetterQueueUrl: ENV.DEAD_LETTER_QUEUE_URL,
      projectsPath: `/sales/projects/1/${DIGEST}`,
      policiesPath: `/sales/policies/${DIGEST}`,
      digest: DIGEST,
      queueUrl: ENV.QUEUE_URL,
      topicArn: ENV.TOPIC_ARN,
      operatorsTopicArn: ENV.OPERATORS_TOPIC_ARN,
      memberRoleArn: ENV.MEMBER_ROLE_ARN,
      assumeRoleArn: undefined,
      minimumAgeMinutes: 15,
    });
    expect(readConfig({ ...ENV, ASSUME_ROLE_ARN: "", MINIMUM_AGE_MINUTES: "0" })).toMatchObject({
      assumeRoleArn: undefined,
      minimumAgeMinutes: 0,
    });
  });

  it.each([
    ["APPROVER_NAME", "has space", /APPROVER_NAME: is not 1 to 64 letters/],
    ["DOMAIN_ID", "dzx_1", /DOMAIN_ID: is not a DataZone domain id/],
    ["POLICIES_PATH", "/sales/policies/latest", /POLICIES_PATH: does not end with the digest/],
    ["QUEUE_URL", "queue", /QUEUE_URL/],
    ["DEAD_LETTER_QUEUE_URL", "queue", /DEAD_LETTER_QUEUE_URL/],
    ["PROJECTS_PATH", "/sales/projects", /PROJECTS_PATH: does not end with the digest/],
    ["TOPIC_ARN", "topic", /TOPIC_ARN: is not the ARN of a topic/],
    ["OPERATORS_TOPIC_ARN", "", /OPERATORS_TOPIC_ARN: is not the ARN of a topic/],
    ["MEMBER_ROLE_ARN", "arn:aws:iam::111122223333:user/a", /MEMBER_ROLE_ARN: is not the ARN of a role/],
    ["MINIMUM_AGE_MINUTES", "soon", /MINIMUM_AGE_MINUTES: must be a number/],
    ["ENVIRONMENT", "", /ENVIRONMENT: must not be empty/],
  ])("with %s = %s are refused by name", (name, value, reason) => {
    expect(() => readConfig({ ...ENV, [name]: value })).toThrow(reason);
  });
});

it("the projects are lists of ids", () => {
  expect([...readProjects(["a,b", "c"])]).toEqual(["a", "b", "c"]);
  for (const wrong of [[], [""], ["a", ""], ["a,,b"], ["a b"]]) {
    expect(() => readProjects(wrong)).toThrow(/publishing projects/);
  }
});

it("a separate approver role is assumed for DataZone, and only where there is one", async () => {
  const settings = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "own", AWS_SECRET_ACCESS_KEY: "s" };
  const before = process.env;
  process.env = { ...before, ...settings };
  try {
    const own = await clients.datazone(undefined, "approver-sales");
    expect((await own.config.credentials()).accessKeyId).toBe("own");
    expect(fromTemporaryCredentials).not.toHaveBeenCalled();
    const assumed = await clients.datazone("arn:aws:iam::111122223333:role/approver", "approver-sales");
    expect((await assumed.config.credentials()).accessKeyId).toBe("assumed");
    expect(fromTemporaryCredentials).toHaveBeenCalledWith({
      params: {
        RoleArn: "arn:aws:iam::111122223333:role/approver",
        RoleSessionName: "approver-sales",
        DurationSeconds: 3600,
      },
    });
  } finally {
    process.env = before;
  }
});

it.each([
  [denied(), true],
  [notFound(), true],
  [conflict(), true],
  [awsError("ValidationException", 400), true],
  [throttled(), false],
  [awsError("ThrottlingException", 400), false],
  [awsError("TooManyRequestsException", 400), false],
  [awsError("RequestTimeout", 408), false],
  [awsError("InternalServerException", 500), false],
  [awsError("ServiceUnavailable", 503), false],
  [new Error("socket hang up"), false],
  ["a string", false],
  [undefined, false],
])("%s is permanent: %s", (error, permanent) => {
  expect(isPermanent(error)).toBe(permanent);
});
