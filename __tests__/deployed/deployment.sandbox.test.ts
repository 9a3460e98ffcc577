import * as path from "node:path";
import { Writable } from "node:stream";
import { startSandbox } from "../../sandbox";
import { Deployment } from "../../sandbox/deployment";
import { ApprovalOutputs, Catalog, walkThroughApprovals } from "../../sandbox/walkthrough/approvals";
import { python } from "../../sandbox/walkthrough/clients";
import { Report } from "../../sandbox/walkthrough/report";
import { settingsFor } from "../../sandbox/walkthrough/settings";
import { Deployed } from "./context";
import { faults } from "./faults";

// One apply takes the provider over a minute whatever the machine does: all sandbox tests share it.
jest.setTimeout(180_000);

const walkthrough = path.join(__dirname, "../../sandbox/walkthrough");
let deployed: Deployed;

beforeAll(async () => {
  const sandbox = await startSandbox();
  const catalog = await python<Catalog>(sandbox.env, path.join(walkthrough, "catalog.py"));
  const deployment = new Deployment(sandbox, { settings: settingsFor(catalog) });
  deployed = { sandbox, deployment, catalog, outputs: {} };
  const outputs = (await deployment.deploy()) as Record<string, string>;
  deployed = { sandbox, deployment, catalog, outputs };
}, 300_000);

afterAll(async () => {
  await deployed?.sandbox.stop();
  deployed?.deployment.cleanUp();
});

test("a second plan is empty", async () => {
  expect(await deployed.deployment.pendingChanges()).toEqual([]);
});

describe("system A", () => {
  test("the walkthrough keeps every promise", async () => {
    const printed: string[] = [];
    const out = new Writable({ write: (chunk: Buffer, _encoding, done) => (printed.push(chunk.toString()), done()) });
    const report = new Report(out);
    const { sandbox, catalog, outputs } = deployed;
    await walkThroughApprovals(report, sandbox.env, sandbox.control, catalog, outputs as unknown as ApprovalOutputs);
    expect({ broken: report.broken, printed: report.broken.length > 0 ? printed.join("") : "" }).toEqual({
      broken: [],
      printed: "",
    });
    expect(report.held).toBeGreaterThan(10);
  });

  describe("when things go wrong", () => faults(() => deployed));
});

test("destroy leaves nothing", async () => {
  await deployed.deployment.destroy();
  expect(await deployed.deployment.state()).toEqual([]);
});
