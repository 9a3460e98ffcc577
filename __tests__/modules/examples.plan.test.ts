import * as fs from "node:fs";
import { aggregate, CallerIdentity, examples, offline, succeed, temporary } from "./support/terraform";

/**
 * Every example, planned by the real provider without AWS: keys, queues and roles made in the same root are not known yet,
 * which is where a count that depends on a bare ARN fails. A plan validates first.
 */
interface PlannedModule {
  readonly address?: string;
  readonly resources?: ReadonlyArray<{ readonly address: string; readonly mode: string }>;
  readonly child_modules?: readonly PlannedModule[];
}

const folder = temporary();
const identity = new CallerIdentity();
let planned: ReadonlyMap<string, readonly string[]>;

function resources({ resources: own = [], child_modules = [] }: PlannedModule): string[] {
  const managed = own.filter(({ mode }) => mode === "managed");
  return [...managed.map(({ address }) => address), ...child_modules.flatMap(resources)];
}

beforeAll(async () => {
  aggregate(folder, examples(), offline(await identity.start()));
  await succeed(folder, "init");
  await succeed(folder, "plan", "-out=plan");
  const plan = JSON.parse(await succeed(folder, "show", "-json", "plan")) as {
    planned_values: { root_module: PlannedModule };
  };
  const calls = plan.planned_values.root_module.child_modules ?? [];
  planned = new Map(calls.map((call) => [call.address!.replace(/^module\./, ""), resources(call)]));
}, 180_000);

afterAll(async () => {
  await identity.stop();
  fs.rmSync(folder, { recursive: true });
});

test.each(examples())("%s plans exactly these resources", (name) => {
  const made = planned.get(name) ?? [];
  expect(made.map((address) => address.replace(`module.${name}.`, "")).sort()).toMatchSnapshot();
});

test("nothing was asked of AWS but whose credentials these are", () => {
  expect(identity.refused).toEqual([]);
});

test("modules and examples are formatted as terraform fmt has it", async () => {
  await expect(succeed(folder, "fmt", "-check", "-recursive", "-diff", ".")).resolves.toBe("");
  await expect(succeed(`${folder}/modules/`, "fmt", "-check", "-recursive", "-diff")).resolves.toBe("");
});
