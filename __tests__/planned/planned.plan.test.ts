import { OfflineTerraform, type Plan } from "../support/terraform";
import { environments } from "./environments";
import { equality } from "./equality";
import { examples } from "./examples";
import type { Part } from "./part";
import { systemA } from "./system-a";
import { systemB } from "./system-b";

jest.setTimeout(120_000);

/**
 * Everything that is planned by the real Terraform and AWS provider, in one root: the provider takes more of the processor to start
 * than to plan hundreds of resources.
 */
const PARTS: Readonly<Record<string, Part>> = {
  examples,
  environments,
  equality,
  "system-a": systemA,
  "system-b": systemB,
};

let terraform: OfflineTerraform;
let plan: Plan;

beforeAll(async () => {
  terraform = await OfflineTerraform.open();
  for (const [name, part] of Object.entries(PARTS)) await part.write(terraform, name);
  const module = Object.fromEntries(Object.keys(PARTS).map((name) => [name, { source: `../${name}` }]));
  terraform.write("root/main.tf.json", { ...terraform.root, module });
  plan = await terraform.plan("root");
}, 240_000);

afterAll(() => terraform.close());

/** What was planned of a part, by the addresses within it. */
function within(name: string): Plan {
  const prefix = `module.${name}.`;
  const own = Object.values(plan).filter(({ address }) => address.startsWith(prefix));
  return Object.fromEntries(
    own.map((planned) => {
      const address = planned.address.slice(prefix.length);
      return [address, { ...planned, address }];
    }),
  );
}

describe.each(Object.entries(PARTS))("%s", (name, part) => part.tests(() => ({ terraform, plan: within(name) })));

test("nothing was asked of AWS but whose credentials these are", () => {
  expect(terraform.refused).toEqual([]);
});
