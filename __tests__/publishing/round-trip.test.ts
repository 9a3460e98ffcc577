import { synthesizeAll } from "../../constructs/publishing/definitions";
import { render } from "../../constructs/publishing/render";
import { differences } from "../../constructs/publishing/round-trip";
import type { SynthesizedModule } from "../../constructs/publishing/synthesize";

let published: SynthesizedModule;
beforeAll(async () => {
  published = (await synthesizeAll()).find(({ definition }) => definition.name === "notification-topic")!;
});

/** A comparison that finds nothing proves nothing until it has found something: each of these must be noticed. */
test.each([
  ["another literal", "main.tf", "sns:Publish", "sns:publish"],
  ["another operator", "main.tf", "var.topic == null ? 1 : 0", "var.topic != null ? 1 : 0"],
  [
    "another reference",
    "main.tf",
    "topic_arn            = local.topic_arn",
    "topic_arn            = local.kms_key_arn",
  ],
  ["an argument less", "main.tf", "  enable_key_rotation = true\n", ""],
  [
    "an argument more",
    "main.tf",
    "  enable_key_rotation = true\n",
    "  enable_key_rotation = true\n  is_enabled = true\n",
  ],
  ["a block less", "main.tf", /^ {2}statement \{\n {4}sid {7}= "Alarms"[^]*?^ {2}\}\n/m, ""],
  ["a resource more", "main.tf", /$/, '\nresource "aws_sns_topic" "other" {}\n'],
  ["another default", "variables.tf", "optional(bool, false)", "optional(bool, true)"],
  ["another type", "variables.tf", "map(string)", "map(number)"],
  ["another rule", "variables.tf", "{0,39}", "{0,40}"],
  ["another version", "versions.tf", "< 7.0.0", "< 8.0.0"],
  ["text for a reference", "main.tf", "depends_on = [aws_lambda_permission.invoke]", "depends_on = []"],
])("%s is a difference", async (_, file, was, is) => {
  const files = render(published);
  const changed = files[file]!.replace(was, is);
  expect(changed).not.toBe(files[file]);
  expect(await differences(published, { ...files, [file]: changed })).not.toEqual([]);
});
