import { Writable } from "node:stream";
import { walkThroughAccess } from "../../sandbox/walkthrough/access";
import { walkThroughApprovals } from "../../sandbox/walkthrough/approvals";
import { Report } from "../../sandbox/walkthrough/report";
import { emptyStudio } from "../../sandbox/walkthrough/studio";
import { walkThroughTour } from "../../sandbox/walkthrough/tour";
import { holdGrantsAgainstUse, workForADay } from "../../sandbox/walkthrough/use";
import { pythonEnv, SPARK } from "../../scripts/python-env";
import { yearInShort } from "./changes";
import { commands } from "./commands";
import { deploy, type Deployed, tearDown } from "./context";
import { callModules } from "./modules";
import { personas } from "./personas";
import { program } from "./program";

jest.setTimeout(180_000);

let deployed: Deployed;

beforeAll(async () => {
  // Spark is installed, the first time, while the provider waits.
  [deployed] = await Promise.all([deploy(callModules), pythonEnv(SPARK)]);
}, 900_000);

afterAll(() => tearDown(deployed));

test("both compositions are there a second time, called as modules from HCL", async () => {
  const state = await deployed.deployment.state();
  const made = (name: string): number =>
    state.filter((address) => new RegExp(`^module\\.${name}\\.module\\.(?!.*\\bdata\\.)`).test(address)).length;
  expect(made("subscription-approval-complete")).toBeGreaterThanOrEqual(40);
  expect(made("studio-access-complete")).toBeGreaterThanOrEqual(20);
});

test("a second plan is empty", async () => {
  expect(await deployed.deployment.pendingChanges()).toEqual({});
});

describe("the program, of what is deployed", () => program(() => deployed));

describe("on the second day", () => yearInShort(() => deployed));

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
  await walk((report) => walkThroughApprovals(report, sandbox.env, sandbox.control, catalog, outputs), 12);
});

describe("while system B is walked through", () => {
  // It waits for Spark for a while.
  let walkedThrough: Promise<void>;
  beforeAll(() => {
    const { sandbox, account, outputs } = deployed;
    walkedThrough = walk((report) => walkThroughAccess(report, sandbox.env, sandbox.control, account, outputs), 14);
    walkedThrough.catch(() => undefined); // awaited below
  });

  describe("personas work in Studio", () => personas(() => deployed));

  test("the walkthrough of system B keeps every promise", async () => await walkedThrough, 300_000);
});

test("every door of the attacker's tour is closed, and opens where it should", async () => {
  const { sandbox, outputs } = deployed;
  await walk((report) => walkThroughTour(report, sandbox.env, deployed, outputs), 4);
});

test("every role used what it was granted, and was granted what it used", async () => {
  const { sandbox, catalog, deployment, outputs } = deployed;
  await walk(async (report) => {
    await workForADay(report, sandbox.env, sandbox.control, catalog, outputs);
    await holdGrantsAgainstUse(report, sandbox.env, sandbox.control, await deployment.roles());
  }, 1);
});

describe("operators", () => commands(() => deployed));

test("what people left running in Studio is listed and deleted as documented", async () => {
  const { sandbox, deployment, outputs } = deployed;
  const { stackDirectory } = deployment;
  await walk((report) => emptyStudio(report, sandbox.env, stackDirectory, outputs.studio_domain_id), 2);
});

test("destroy leaves nothing", async () => {
  await deployed.deployment.destroy();
  expect(await deployed.deployment.state()).toEqual([]);
});
