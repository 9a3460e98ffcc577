import { App } from "cdktf";
import { docsOf } from "../../constructs/publishing/definitions";
import { stackOf } from "../../constructs/publishing/synthesize";
import eventRule from "../../constructs/event-rule/event-rule.module";
import notificationTopic from "../../constructs/notification-topic/notification-topic.module";
import studioAccess from "../../constructs/studio-access/studio-access.module";
import subscriptionApproval from "../../constructs/subscription-approval/subscription-approval.module";

type Outputs = Readonly<Record<string, { readonly value: unknown; readonly description: string }>>;

function outputs(
  definition: Parameters<typeof stackOf<never>>[1],
  attributes = docsOf(definition.name).attributes,
): Outputs {
  const stack = stackOf(new App({ outdir: "dist/unused" }), definition, attributes);
  stack.prepareStack();
  return (JSON.parse(JSON.stringify(stack.toTerraform())) as { output: Outputs }).output;
}

test("an attribute is an output, described by its doc comment", () => {
  expect(outputs(notificationTopic as never)["arn"]).toMatchObject({
    value: "${var.topic == null ? one(aws_sns_topic.topic[*].arn) : var.topic.arn}",
    description: "ARN of the topic.",
  });
});

test("what may not be there says so", () => {
  expect(outputs(eventRule as never)["sweep_name"]!.description).toMatch(/ Null where there is none\.$/);
  expect(outputs(studioAccess as never)["vpc_cidr"]!.description).toMatch(/ Null where there is none\.$/);
  expect(outputs(studioAccess as never)["vpc_id"]!.description).not.toContain("Null");
});

test("a part's outputs are passed on, under names that tell two of a kind apart", () => {
  const { topic_arn, operators_topic_arn, queue_url } = outputs(subscriptionApproval as never);
  expect(queue_url!.value).toBe("${module.approver.queue_url}");
  expect(topic_arn).toMatchObject({
    value: "${module.notifications.arn}",
    description: "Topic for the people who ask and approve: ARN of the topic.",
  });
  expect(operators_topic_arn).toMatchObject({
    value: "${module.operators.arn}",
    description: "Topic for operators: ARN of the topic.",
  });
});

test("an attribute without a doc comment is refused", () => {
  const { attributes } = docsOf("event-rule");
  const undocumented = { ...attributes, rules: { text: "", fields: {} } };
  expect(() => outputs(eventRule as never, undocumented)).toThrow("the attribute rules has no doc comment");
});
