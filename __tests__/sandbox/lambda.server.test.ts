import { readFileSync } from "node:fs";
import { startSandbox, type Sandbox } from "../../sandbox";
import { ACCOUNT, Boto3, cli, makeFunction, makeRole, QUEUE, until, withFile } from "./gateway-clients";

jest.setTimeout(30_000);

let sandbox: Sandbox;
let boto3: Boto3;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 600 });
  boto3 = new Boto3(sandbox);
});
afterAll(async () => {
  await boto3.stop();
  await sandbox.stop();
});

/** A script's own words come with it: each runs in fresh names. */
const INVOKE = `
def invoke(name, payload={}, **rest):
    reply = client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload), **rest)
    body = reply["Payload"].read().decode()
    return {"body": json.loads(body) if body else None, "error": reply.get("FunctionError"), "version": reply.get("ExecutedVersion"),
            "log": base64.b64decode(reply.get("LogResult", "")).decode(), "status": reply["StatusCode"]}
`;

interface Invoked {
  readonly body: Record<string, unknown>;
  readonly error: string | null;
  readonly version: string;
  readonly log: string;
  readonly status: number;
}

const LOGS = { Effect: "Allow", Action: "logs:*", Resource: "*" };
const make = (name: string, source: string, { statements = [LOGS] as object[], rest = "" } = {}) =>
  `${makeRole(name, statements)}${makeFunction(name, source, rest)}`;

const invoke = (name: string, payload: object = {}, rest = "") =>
  boto3.run<Invoked>(
    `${INVOKE}answer = invoke("${name}", json.loads(r'''${JSON.stringify(payload)}''')${rest && `, ${rest}`})`,
  );

test("an environment stays warm: loaded once, its context and variables the version's own", async () => {
  await boto3.run(`
${make(
  "warm",
  `let calls = 0;
   exports.handler = async (event, context) => ({ calls: ++calls, event, colour: process.env.COLOUR,
     name: process.env.AWS_LAMBDA_FUNCTION_NAME, version: context.functionVersion, arn: context.invokedFunctionArn,
     memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis(), home: process.env.HOME ?? null });`,
  { rest: `Environment={"Variables": {"COLOUR": "green"}}, Timeout=20, MemorySize=256` },
)}
client("lambda").create_alias(FunctionName="warm", Name="live", FunctionVersion="1")
client("lambda").update_function_configuration(FunctionName="warm", Environment={"Variables": {"COLOUR": "blue"}})`);

  const first = await invoke("warm:live", { a: 1 });
  expect(first).toMatchObject({ status: 200, version: "1", error: null });
  expect(first.body).toMatchObject({
    calls: 1,
    event: { a: 1 },
    colour: "green",
    name: "warm",
    version: "1",
    arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:warm:live`,
    memory: "256",
    home: null,
  });
  expect(first.body["left"]).toBeGreaterThan(15_000);
  expect(first.body["left"]).toBeLessThanOrEqual(20_000);
  expect((await invoke("warm", {}, 'Qualifier="live"')).body["calls"]).toBe(2);
  expect((await invoke("warm")).body).toMatchObject({ calls: 1, colour: "blue", version: "$LATEST" });
});

test("a published version keeps its code when newer code is uploaded", async () => {
  const newer = makeFunction("x", `exports.handler = async () => 2;`).match(/b64decode\("([^"]+)"\)/)?.[1] ?? "";
  await boto3.run(`
${make("versions", `exports.handler = async () => 1;`)}
client("lambda").update_function_code(FunctionName="versions", ZipFile=base64.b64decode("${newer}"), Publish=True)`);
  const versions = await Promise.all(["versions:1", "versions:2"].map((name) => invoke(name)));
  expect(versions.map(({ body }) => body)).toEqual([1, 2]);
});

test("what fails says so as Lambda does: thrown, timed out, crashed, not loaded", async () => {
  await boto3.run(`
${make(
  "fails",
  `exports.handler = async ({ how }) => {
     console.log("about to", how);
     if (how === "throw") throw new TypeError("broken");
     if (how === "crash") process.exit(3);
     if (how === "hang") for (;;);
     return "fine";
   };`,
  { rest: "Timeout=1" },
)}
${make("unloadable", `throw new RangeError("at start");`)}
${make("handlerless", `exports.other = 1;`)}`);

  expect(await invoke("fails", { how: "throw" })).toMatchObject({
    status: 200,
    error: "Unhandled",
    body: { errorType: "TypeError", errorMessage: "broken" },
  });
  const hung = await invoke("fails", { how: "hang" }, 'LogType="Tail"');
  expect(hung.body).toMatchObject({ errorType: "Sandbox.Timedout" });
  expect(hung.body["errorMessage"]).toMatch(/Task timed out after 1.00 seconds$/);
  expect(hung.log).toMatch(/INFO\tabout to hang\n.*Task timed out[^]*\nREPORT RequestId: /);
  expect((await invoke("fails", { how: "crash" })).body).toMatchObject({ errorType: "Runtime.ExitError" });
  expect((await invoke("fails")).body).toBe("fine");
  expect((await invoke("unloadable")).body).toMatchObject({ errorType: "RangeError", errorMessage: "at start" });
  expect((await invoke("handlerless")).body).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
});

test("a function's credentials are its role's, and its log goes where it is configured to", async () => {
  const source = `
    const http = require("node:http");
    exports.handler = async () => {
      process.stdout.write(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: "Test",
        Dimensions: [["service"]], Metrics: [{ Name: "Approved", Unit: "Count" }] }] }, service: "s", Approved: 3 }) + "\\n");
      const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
      const key = process.env.AWS_ACCESS_KEY_ID;
      const headers = { "content-type": "application/x-www-form-urlencoded",
        authorization: "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0" };
      return await new Promise((resolve) => {
        http.request({ hostname, port, method: "POST", path: "/", headers }, (reply) => {
          let text = ""; reply.on("data", (data) => (text += data)).on("end", () => resolve(text));
        }).end("Action=GetCallerIdentity&Version=2011-06-15");
      });
    };`;
  await boto3.run(`
${make("speaks", source, { rest: `LoggingConfig={"LogGroup": "/audit", "LogFormat": "Text"}` })}
${make("mute", `exports.handler = async () => console.log("lost");`, { statements: [] })}`);
  expect((await invoke("speaks")).body).toContain(`arn:aws:sts::${ACCOUNT}:assumed-role/speaks/speaks`);
  await invoke("mute");
  const kept = await boto3.run<{ logged: string[]; configured: string; metric: number; groups: string[] }>(`
logs = client("logs")
streams = logs.describe_log_streams(logGroupName="/audit")["logStreams"]
events = logs.get_log_events(logGroupName="/audit", logStreamName=streams[0]["logStreamName"])["events"]
metric = client("cloudwatch").get_metric_statistics(Namespace="Test", MetricName="Approved", Dimensions=[{"Name": "service", "Value": "s"}],
  StartTime="2020-01-01T00:00:00Z", EndTime="2040-01-01T00:00:00Z", Period=86400, Statistics=["Sum"])["Datapoints"]
answer = {"logged": [e["message"] for e in events], "metric": metric[0]["Sum"], "groups": [g["logGroupName"] for g in logs.describe_log_groups()["logGroups"]],
  "configured": client("lambda").get_function(FunctionName="speaks")["Configuration"]["LoggingConfig"]["LogGroup"]}`);
  expect(kept.logged[0]).toMatch(/^START RequestId: /);
  expect(kept).toMatchObject({ configured: "/audit", metric: 3 });
  expect(kept.groups).not.toContain("/aws/lambda/mute");
  expect(sandbox.calls({ service: "logs", operation: "CreateLogStream" }).at(-1)).toMatchObject({ denied: true });
  expect((await sandbox.control.logs("mute")).map(({ message }) => message).join()).toContain("lost");
});

test("an asynchronous invocation is tried three times, then goes to the destination and the dead-letter queue", async () => {
  const destinations = [QUEUE("failed"), QUEUE("succeeded"), QUEUE("dead")];
  const statements = [LOGS, { Effect: "Allow", Action: "sqs:SendMessage", Resource: destinations }];
  await boto3.run(`
for name in ["failed", "succeeded", "dead"]: client("sqs").create_queue(QueueName=name)
${make("async", `exports.handler = async ({ ok }) => { if (!ok) throw new Error("never"); return { done: true }; };`, {
  statements,
  rest: `DeadLetterConfig={"TargetArn": "${QUEUE("dead")}"}`,
})}
answer = client("lambda").put_function_event_invoke_config(FunctionName="async", DestinationConfig={
  "OnFailure": {"Destination": "${QUEUE("failed")}"}, "OnSuccess": {"Destination": "${QUEUE("succeeded")}"}})`);
  expect((await invoke("async", { ok: false }, 'InvocationType="Event"')).status).toBe(202);
  expect((await invoke("async", { ok: true }, 'InvocationType="Event"')).status).toBe(202);

  const arrived = (queue: string) =>
    until(`a message in ${queue}`, () =>
      boto3
        .run<string | undefined>(
          `answer = (client("sqs").receive_message(QueueUrl="${sandbox.endpoint}/${ACCOUNT}/${queue}").get("Messages") or [{}])[0].get("Body")`,
        )
        .then((body) => body ?? undefined),
    );
  const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:async:$LATEST`;
  expect(JSON.parse(await arrived("failed"))).toMatchObject({
    version: "1.0",
    requestContext: { functionArn: arn, condition: "RetriesExhausted", approximateInvokeCount: 3 },
    requestPayload: { ok: false },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorMessage: "never" },
  });
  expect(JSON.parse(await arrived("succeeded"))).toMatchObject({
    requestContext: { condition: "Success", approximateInvokeCount: 1 },
    responsePayload: { done: true },
  });
  expect(JSON.parse(await arrived("dead"))).toEqual({ ok: false });
});

test("an event invoke configuration shows its update, a qualifier its own", async () => {
  const answer = await boto3.run<{ latest: { MaximumRetryAttempts: number }; live: unknown[] }>(`
${make("configured", `exports.handler = async () => 1;`)}
config = client("lambda")
config.put_function_event_invoke_config(FunctionName="configured", MaximumRetryAttempts=0)
config.update_function_event_invoke_config(FunctionName="configured", MaximumRetryAttempts=1)
answer = {"latest": config.get_function_event_invoke_config(FunctionName="configured"),
  "live": error(config.get_function_event_invoke_config, FunctionName="configured", Qualifier="live")}`);
  expect(answer.latest.MaximumRetryAttempts).toBe(1);
  expect(answer.live[0]).toBe("ResourceNotFoundException");
});

test("what AWS refuses at creation is refused: untrusting role, variables over 4 KB", async () => {
  const answer = await boto3.run<[string, string][]>(`
${makeRole("untrusting", [], { Service: "ec2.amazonaws.com" })}
${makeRole("trusting", [])}
def refused(role, **rest):
    return error(client("lambda").create_function, FunctionName="x", Runtime="nodejs22.x", Handler="index.handler",
      Role="arn:aws:iam::${ACCOUNT}:role/team/" + role, Code={"ZipFile": b"x"}, **rest)
answer = [refused("untrusting"), refused("trusting", Environment={"Variables": {"A": "x" * 4096}})]`);
  expect(answer.map(([code]) => code)).toEqual(["InvalidParameterValueException", "InvalidParameterValueException"]);
  expect(answer[0]?.[1]).toMatch(/cannot be assumed by Lambda/);
  expect(answer[1]?.[1]).toMatch(/4KB limit/);
});

test("the AWS CLI invokes, and sees the tail of the log", async () => {
  await boto3.run(make("told", `exports.handler = async (event) => { console.log("said"); return event; };`));
  await withFile(new Uint8Array(), async (path) => {
    const answer = await cli<{ LogResult: string; ExecutedVersion: string }>(
      sandbox,
      ...["lambda", "invoke", "--function-name", "told", "--payload", '{"a":[1]}', "--log-type", "Tail", path],
    );
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ a: [1] });
    expect(Buffer.from(answer.LogResult, "base64").toString()).toMatch(/\tINFO\tsaid\n/);
  });
});
