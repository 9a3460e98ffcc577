import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CallLog } from "../../sandbox/gateway/call-log";

test("the operations of all call logs are in one file, each once a log, without what the sandbox lacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "operations-"));
  const file = join(folder, "operations.log");
  const add = (log: CallLog, service: string, operation: string, status = 200) =>
    log.add({ id: log.nextId(), time: "", service, operation, resource: "", caller: "", status, latencyMs: 1 });
  const [one, two] = [new CallLog(undefined, file), new CallLog(undefined, file)];
  add(one, "sqs", "SendMessage");
  add(one, "sqs", "SendMessage", 403);
  add(two, "sqs", "SendMessage");
  add(one, "sns", "Publish", 400);
  add(one, "monitoring", "PutCompositeAlarm", 501);
  add(one, "", "");
  add(one, "s3", "");
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  rmSync(folder, { recursive: true });
  expect(lines).toEqual(["sqs SendMessage", "sqs SendMessage", "sns Publish"]);
});
