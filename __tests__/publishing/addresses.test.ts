import { parse } from "@cdktf/hcl2json";
import { addressProblems } from "../../constructs/publishing/addresses";
import { synthesizeAll } from "../../constructs/publishing/definitions";
import { generate } from "../../constructs/publishing/generate";
import type { ModuleDefinition } from "../../constructs/publishing/module";
import type { SynthesizedModule } from "../../constructs/publishing/synthesize";

/** A module as it would be if someone renamed the resource that its consumers have in their state. */
let membership: SynthesizedModule;
const RENAMED = { from: "aws_cloudformation_stack.member", to: "aws_cloudformation_stack.membership" };

beforeAll(async () => {
  membership = (await synthesizeAll()).find(({ definition }) => definition.name === "project-membership")!;
});

function renamed(changes: Partial<ModuleDefinition> = {}): SynthesizedModule {
  const { json, things, definition, docs } = membership;
  const { member, ...stacks } = json.resource!["aws_cloudformation_stack"]!;
  return {
    docs,
    definition: { ...definition, ...changes },
    json: { ...json, resource: { ...json.resource, aws_cloudformation_stack: { ...stacks, membership: member! } } },
    things: things.map((thing) => ({ ...thing, labels: thing.labels.map((l) => (l === "member" ? "membership" : l)) })),
  };
}

test("a resource that is renamed is refused: an apply would destroy it", async () => {
  await expect(generate(renamed())).rejects.toThrow(
    "project-membership: aws_cloudformation_stack.member[*] of the last release is gone: add to the definition of the module where it `moved`, or why it was `removed`",
  );
});

test("the same ships once it says where it moved, as a moved block", async () => {
  const files = await generate(renamed({ moved: [RENAMED] }));
  const moved = await parse("moved.tf", String(files["project-membership/moved.tf"]));
  expect(moved).toEqual({ moved: [{ from: `\${${RENAMED.from}}`, to: `\${${RENAMED.to}}` }] });
});

test("a move to nowhere is refused", () => {
  const nowhere = { from: RENAMED.from, to: "aws_cloudformation_stack.elsewhere" };
  expect(addressProblems(renamed({ moved: [nowhere] }))).toEqual([
    "project-membership: `moved` names aws_cloudformation_stack.elsewhere, an address that nothing has",
  ]);
});

test("one resource instead of one for each key is another address", () => {
  const single = membership.things.map((thing) => ({ ...thing, body: { ...thing.body, for_each: undefined } }));
  expect(addressProblems({ ...membership, things: single })).toEqual([
    expect.stringContaining("aws_cloudformation_stack.member[*] of the last release is gone"),
  ]);
  expect(addressProblems(membership)).toEqual([]);
});
