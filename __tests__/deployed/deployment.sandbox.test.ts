import { Writable } from "node:stream";
import { startSandbox } from "../../sandbox";
import { Deployment } from "../../sandbox/deployment";
import { type AccessOutputs, walkThroughAccess } from "../../sandbox/walkthrough/access";
import { type ApprovalOutputs, walkThroughApprovals } from "../../sandbox/walkthrough/approvals";
import { Report } from "../../sandbox/walkthrough/report";
import { makeWorld } from "../../sandbox/walkthrough/world";
import { changes } from "./changes";
import type { Deployed } from "./context";
import { faults } from "./faults";
import { ModulesDeployment } from "./modules";
import { personas } from "./personas";

// One apply takes the provider over a minute whatever the machine does: all sandbox tests share it.
jest.setTimeout(180_000);

let deployed: Deployed;
let modules: ModulesDeployment;

beforeAll(async () => {
  // Twice the usual scale: the tests wait for visibility timeouts a lot.
  const sandbox = await startSandbox({ timeScale: 120 });
  const world = await makeWorld(sandbox);
  const { catalog, settings } = world;
  modules = new ModulesDeployment(sandbox, world);
  modules.start();
  const deployment = new Deployment(sandbox, { settings });
  deployed = { sandbox, deployment, catalog, outputs: {} };
  const outputs = (await deployment.deploy()) as Record<string, string>;
  deployed = { sandbox, deployment, catalog, outputs };
}, 300_000);

afterAll(async () => {
  await deployed?.sandbox.stop();
  deployed?.deployment.cleanUp();
  await modules?.cleanUp();
});

test("a second plan is empty", async () => {
  expect(await deployed.deployment.pendingChanges()).toEqual({});
});

/** Walks through a system; what was printed is the failure's message. */
async function walk(through: (report: Report) => Promise<void>, leastPromises: number): Promise<void> {
  const printed: string[] = [];
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => (printed.push(chunk.toString()), done()) });
  const report = new Report(out);
  await through(report);
  if (report.broken.length > 0) throw new Error(printed.join(""));
  expect(report.held).toBeGreaterThanOrEqual(leastPromises);
}

test("the walkthrough of system A keeps every promise", async () => {
  const { sandbox, catalog, outputs } = deployed;
  const approvals = outputs as unknown as ApprovalOutputs;
  await walk((report) => walkThroughApprovals(report, sandbox.env, sandbox.control, catalog, approvals), 12);
});

describe("while system B is walked through", () => {
  // It asks S3, SageMaker and S3 Access Grants only, which the faults leave alone, and waits for Spark for a while.
  let walkedThrough: Promise<void>;
  beforeAll(() => {
    const access = deployed.outputs as unknown as AccessOutputs;
    walkedThrough = walk((report) => walkThroughAccess(report, deployed.sandbox.env, access), 8);
    walkedThrough.catch(() => undefined); // awaited below
  });

  describe("things go wrong in system A", () => faults(() => deployed));

  test("the walkthrough of system B keeps every promise", async () => await walkedThrough);
});

describe("in Studio", () => personas(() => deployed));

describe("when the configuration changes", () => changes(() => deployed));

test("both compositions, called as modules from HCL: applied, nothing to change, destroyed, nothing left", async () => {
  expect(await modules.finished()).toEqual({ pendingChanges: "", remaining: "" });
});

test("destroy leaves nothing", async () => {
  await deployed.deployment.destroy();
  expect(await deployed.deployment.state()).toEqual([]);
});
