import { aws, until } from "../../sandbox/walkthrough/clients";
import { access } from "./access";
import { approvals } from "./approvals";
import type { Driven, Made } from "./driven";
import { COMPLETE } from "./examples";
import { DrivenRoot } from "./root";

// Every complete example, and what people bring, in one root: applied, driven, planned again, and destroyed.

jest.setTimeout(600_000);

let root: DrivenRoot;
let made: Made;

beforeAll(async () => {
  root = await DrivenRoot.open();
  made = await root.apply<Made>();
});
afterAll(async () => await root?.close());

const driven = (): Driven => ({ root, made });

test("every complete example is there", async () => {
  const resources = await root.resources();
  const called = new Set(resources.map((address) => /^module\.([\w-]+-complete)\.module\./.exec(address)?.[1]));
  expect([...called].filter(Boolean).sort()).toEqual(COMPLETE);
});

test("a second plan is empty", async () => {
  expect(await root.changes()).toEqual({});
});

describe("system A", () => approvals(driven));

describe("system B", () => access(driven));

test("a plan is still empty after all that", async () => {
  expect(await root.changes()).toEqual({});
});

test("destroy waits at the subnets of home directories that are kept, and leaves nothing once these are deleted", async () => {
  const { env } = root.sandbox;
  const destroyed = root.destroy();
  destroyed.catch(() => undefined); // awaited below
  await until("the end of the domains", 300, async () => {
    const { Domains } = await aws<{ Domains: unknown[] }>(env, "sagemaker", "list-domains");
    return Domains.length === 0 || undefined;
  });
  await root.deleteKeptHomes();
  await destroyed;
  expect(await root.resources()).toEqual([]);
  expect(await root.left()).toEqual([]);
});
