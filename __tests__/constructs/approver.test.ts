import fc from "fast-check";
import { Approver, type ApproverProps } from "../../constructs/approver/approver";
import definition from "../../constructs/approver/approver.module";
import { DECISIONS_QUERY } from "../../constructs/approver/decisions-query";
import { policyRelations } from "../../constructs/approver/policy-rules";
import { digest } from "../../constructs/approver/policy-set";
import { validateSet } from "../../functions/approver/policies/validate";
import { digestOf } from "../../functions/approver/policies/digest";
import { loadPolicySet } from "../../functions/approver/policies/files";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources, statements } from "../support/synthesized";
import { approver, given } from "./fixtures";

let made: Approver;
const synth = (props: ApproverProps): object => environment((stack) => (made = new Approver(stack, "approver", props)));

const minimal = synth(approver.minimal);
const complete = synth(approver.complete);
const { redriveCommand } = made!;
const DOMAIN =
  "arn:${data.aws_partition.current.partition}:datazone:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:domain/dzd_4fbz9qk1x2";
const parameter = (kind: string): string =>
  "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:" +
  `parameter/approvals/${kind}/*`;

const FORBID = '@id("read-only")\nforbid(principal, action, resource);';
/** A policy of so many bytes. */
const ofBytes = (bytes: number): string => {
  const start = '@id("a") permit(principal, action, resource); //' + (bytes % 2 === 0 ? "" : " ");
  return start + "é".repeat((bytes - start.length) / 2);
};

describe("the function's role", () => {
  test("may do exactly what the function does, on exactly what it does it to", () => {
    const allowed = {
      ...statements(minimal, "function_document"),
      ...statements(minimal, "datazone_document"),
    };
    const actions = Object.values(allowed).flatMap(({ actions, resources }) =>
      actions.map((action) => [action, ...resources]),
    );
    expect(Object.fromEntries(actions.map(([action, ...on]) => [action, on]))).toEqual({
      "datazone:AcceptSubscriptionRequest": [DOMAIN],
      "datazone:GetGlossaryTerm": [DOMAIN],
      "datazone:GetListing": [DOMAIN],
      "datazone:GetProject": [DOMAIN],
      "datazone:GetSubscriptionRequestDetails": [DOMAIN],
      "datazone:GetUserProfile": [DOMAIN],
      "datazone:ListProjectMemberships": [DOMAIN],
      "datazone:ListSubscriptionRequests": [DOMAIN],
      "datazone:RejectSubscriptionRequest": [DOMAIN],
      "logs:CreateLogStream": ["${aws_cloudwatch_log_group.approver_log_group.arn}:*"],
      "logs:PutLogEvents": ["${aws_cloudwatch_log_group.approver_log_group.arn}:*"],
      "sns:GetTopicAttributes": [approver.minimal.topic.arn, approver.minimal.operators.arn],
      "sns:Publish": [approver.minimal.operators.arn],
      "sqs:ChangeMessageVisibility": ["${aws_sqs_queue.approver_queue.arn}"],
      "sqs:DeleteMessage": ["${aws_sqs_queue.approver_queue.arn}"],
      "sqs:GetQueueAttributes": ["${aws_sqs_queue.approver_dead_letter_queue.arn}"],
      "sqs:ReceiveMessage": ["${aws_sqs_queue.approver_queue.arn}"],
      "sqs:SendMessage": ["${aws_sqs_queue.approver_queue.arn}"],
      "ssm:GetParametersByPath": [parameter("policies"), parameter("projects")],
    });
    expect(allowed.Announce!.resources).toEqual([approver.minimal.topic.arn]);
    expect(allowed.Queue!.actions).toContain("sqs:GetQueueAttributes");
  });

  test("may use each key that is given, and no other", () => {
    const keys = Object.values({
      ...statements(complete, "function_document"),
      ...statements(complete, "datazone_document"),
    }).filter(({ sid }) => sid.endsWith("Key"));
    expect(
      Object.fromEntries(keys.map(({ sid, resources }) => [sid, resources.map((arn) => arn.split("/")[1])])),
    ).toEqual({
      AnnounceKey: ["people"],
      DomainKey: ["domain"],
      QueueKey: ["queue"],
      ReportFailuresKey: ["operators"],
      ReportSuccessesKey: ["successes"],
    });
    expect(new Set(keys.flatMap(({ actions }) => actions))).toEqual(new Set(["kms:Decrypt", "kms:GenerateDataKey"]));
    const through = keys.map(({ sid, condition = [] }) => [
      sid,
      condition.map(({ variable, values }) => [variable, values]),
    ]);
    const via = (service: string) => [
      [
        "kms:ViaService",
        ["amazonaws.com", "amazonaws.com.cn"].map((suffix) => `${service}.\${data.aws_region.current.id}.${suffix}`),
      ],
    ];
    expect(Object.fromEntries(through)).toEqual({
      AnnounceKey: via("sns"),
      DomainKey: [],
      QueueKey: via("sqs"),
      ReportFailuresKey: via("sns"),
      ReportSuccessesKey: via("sns"),
    });
  });

  test("may look at who may use the keys of the queues and topics, for the check", () => {
    const looks = Object.values(statements(complete, "function_document")).filter(({ sid }) => sid.startsWith("KeyOf"));
    for (const { actions } of looks) expect(actions).toEqual(["kms:DescribeKey", "kms:GetKeyPolicy"]);
    expect(looks.map(({ resources }) => resources.map((arn) => arn.split("/")[1]))).toEqual([
      ["queue"],
      ["people"],
      ["operators"],
    ]);
    expect(Object.keys(statements(minimal, "function_document")).filter((sid) => sid.startsWith("KeyOf"))).toEqual([]);
  });

  test("has the boundary and the path that are given", () => {
    for (const role of Object.values(resources(complete, "aws_iam_role"))) {
      expect(role).toMatchObject({ path: "/data/", permissions_boundary: approver.complete.permissionsBoundary!.arn });
    }
  });

  test("gets no network interface permission outside a VPC, and inside one not for the code", () => {
    expect(statements(minimal, "function_document")).not.toHaveProperty("NetworkInterfaces");
    const { NetworkInterfaces, NoNetworkInterfacesForTheCode } = statements(complete, "function_document");
    expect(NoNetworkInterfacesForTheCode).toMatchObject({
      effect: "Deny",
      actions: NetworkInterfaces!.actions,
      condition: [
        {
          test: "ArnEquals",
          variable: "lambda:SourceFunctionArn",
          values: [expect.stringMatching(/:function:approvals$/)],
        },
      ],
    });
  });
});

describe("a separate approver role", () => {
  const attachments = (configuration: object): unknown[] =>
    Object.values(resources(configuration, "aws_iam_role_policy")).map(({ name, role }) => [name, role]);

  test("alone may act in Amazon DataZone, and the function's role may only assume it", () => {
    expect(attachments(complete)).toEqual([
      ["function", "${aws_iam_role.approver_role_function.name}"],
      ["datazone", "${aws_iam_role.approver_role_approver.name}"],
    ]);
    const { ActAsApprover } = statements(complete, "function_document");
    expect(ActAsApprover).toMatchObject({
      actions: ["sts:AssumeRole"],
      resources: ["${aws_iam_role.approver_role_approver.arn}"],
    });
  });

  test("trusts only the function's role", () => {
    expect(statements(complete, "approver_trust")).toEqual({
      Function: {
        sid: "Function",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "AWS", identifiers: ["${aws_iam_role.approver_role_function.arn}"] }],
      },
    });
  });

  test("is what the function assumes; without one it is told none", () => {
    const assumed = (configuration: object): string =>
      (resource(configuration, "aws_lambda_function") as { environment: { variables: Record<string, string> } })
        .environment.variables.ASSUME_ROLE_ARN!;
    expect(assumed(complete)).toBe("${aws_iam_role.approver_role_approver.arn}");
    expect(assumed(minimal)).toBe("");
    expect(statements(minimal, "function_document")).not.toHaveProperty("ActAsApprover");
  });
});

describe("what is there already", () => {
  const own = synth({ ...approver.minimal, ...given });
  const { memberRoleArn, queueUrl, deadLetterQueueArn } = made;

  test("is used, and nothing is made or attached in its place", () => {
    const types = new Set(addresses(own).map((address) => address.split(".")[0]));
    for (const type of ["aws_iam_role", "aws_iam_role_policy", "aws_sqs_queue", "aws_sqs_queue_policy"])
      expect(types).not.toContain(type);
    expect(resource(own, "aws_lambda_function").role).toBe(given.role!.arn);
    expect(resource(own, "aws_lambda_event_source_mapping").event_source_arn).toBe(given.queue!.arn);
    expect({ memberRoleArn, queueUrl, deadLetterQueueArn }).toEqual({
      memberRoleArn: given.approverRole!.role!.arn,
      queueUrl: given.queue!.url,
      deadLetterQueueArn: given.deadLetterQueue!.arn,
    });
  });

  test("is what the alarms watch", () => {
    expect(resource(own, "aws_cloudwatch_metric_alarm", "dead_letters").dimensions).toEqual({
      QueueName: "own-undelivered",
    });
    expect(resource(own, "aws_cloudwatch_metric_alarm", "oldest_message").dimensions).toEqual({
      QueueName: "own-requests",
    });
  });
});

describe("the queues", () => {
  test("let in only the named rules, only to send, and only over TLS", () => {
    for (const queue of ["approver_queue_document", "dead_letter_queue_document"]) {
      const { EventRules, TlsOnly, ...others } = statements(complete, queue);
      expect(others).toEqual({});
      expect(EventRules).toMatchObject({
        actions: ["sqs:SendMessage"],
        principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
        condition: [
          { test: "ArnEquals", variable: "aws:SourceArn", values: [approver.complete.eventRules!.requests!.arn] },
        ],
      });
      expect(TlsOnly).toMatchObject({
        effect: "Deny",
        condition: [{ variable: "aws:SecureTransport", values: ["false"] }],
      });
    }
    expect(Object.keys(statements(minimal, "approver_queue_document"))).toEqual(["TlsOnly"]);
  });

  test("are encrypted by SQS, or with the key that is given", () => {
    const encryption = (configuration: object): unknown[] =>
      Object.values(resources(configuration, "aws_sqs_queue")).map((q) => [
        q.sqs_managed_sse_enabled,
        q.kms_master_key_id,
      ]);
    const key = approver.complete.queueKey!.arn;
    expect(encryption(minimal)).toEqual(Array(2).fill([true, undefined]));
    expect(encryption(complete)).toEqual(Array(2).fill([undefined, key]));
  });

  test("give a batch six times the function's time, and a message five receives before the dead-letter queue", () => {
    const queue = resource(minimal, "aws_sqs_queue", "approver_queue");
    const { timeout } = resource(minimal, "aws_lambda_function") as { timeout: number };
    expect(queue.visibility_timeout_seconds).toBe(6 * timeout);
    expect(queue.redrive_policy).toBe(
      '${jsonencode({"deadLetterTargetArn" = aws_sqs_queue.approver_dead_letter_queue.arn, "maxReceiveCount" = 5})}',
    );
    expect(redriveCommand).toMatch(/^aws sqs start-message-move-task --source-arn \S+ --destination-arn \S+$/);
  });

  test("feed the live alias in batches whose messages fail one by one, at the least concurrency there is", () => {
    expect(resource(minimal, "aws_lambda_event_source_mapping")).toMatchObject({
      function_name: "${aws_lambda_alias.approver_alias.arn}",
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 2 },
    });
  });
});

describe("going live", () => {
  test("the version is checked before the alias moves to it", () => {
    const version = "${aws_lambda_function.approver_function.version}";
    expect(resource(minimal, "aws_lambda_invocation")).toMatchObject({
      qualifier: version,
      input: '{"operation":"check"}',
      triggers: { version },
    });
    expect(resource(minimal, "aws_lambda_alias")).toMatchObject({ name: "live", function_version: version });
    expect(resource(minimal, "aws_lambda_alias").depends_on).toContain("aws_lambda_invocation.approver_check");
  });

  test("the set is there before the check, and the old set until the alias has moved", () => {
    const parameters = Object.keys(resources(complete, "aws_ssm_parameter")).map((name) => `aws_ssm_parameter.${name}`);
    expect(parameters).toHaveLength(3);
    for (const type of ["aws_lambda_invocation", "aws_lambda_alias"]) {
      expect(resource(complete, type).depends_on).toEqual(expect.arrayContaining(parameters));
    }
    for (const parameter of Object.values(resources(complete, "aws_ssm_parameter"))) {
      expect(parameter.lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  test("a change of one policy gives the whole set another name, and its text is plain in the plan", () => {
    const digest = (configuration: object): string =>
      (resource(configuration, "aws_ssm_parameter", "read_only").name as string).split("/")[4]!;
    const changed = synth({ ...approver.minimal, policies: { "read-only": FORBID } });
    expect(digest(minimal)).toMatch(/^[0-9a-f]{64}$/);
    expect(digest(changed)).not.toBe(digest(minimal));
    expect(resource(changed, "aws_ssm_parameter", "read_only")).toMatchObject({
      insecure_value: FORBID,
    });
  });

  test("the set's name is the digest that the function computes over what it reads", () => {
    const id = fc.stringMatching(/^[a-z0-9-]{1,64}$/);
    fc.assert(fc.property(fc.dictionary(id, fc.string({ unit: "binary" })), (set) => digest(set) === digestOf(set)));
  });

  test("every change of policies, or of projects, is a new generation of those alone, so that no name is used twice", () => {
    const generations = (configuration: object): unknown[] =>
      ["set_generation", "projects_generation"].map((name) => resource(configuration, "terraform_data", name));
    const [policies, projects] = generations(minimal);
    expect(policies).toMatchObject({ lifecycle: { create_before_destroy: true } });
    expect(projects).toMatchObject({ lifecycle: { create_before_destroy: true } });
    const other = { policies: { "read-only": FORBID } };
    const otherPolicies = generations(synth({ ...approver.minimal, ...other }));
    expect(otherPolicies).toEqual([expect.not.objectContaining(policies as object), projects]);
    const otherProjects = generations(synth({ ...approver.minimal, publishingProjects: { other: { id: "other" } } }));
    expect(otherProjects).toEqual([policies, expect.not.objectContaining(projects as object)]);
  });

  test("the path of the publishing projects is named for what is below it", () => {
    // printf '0:%s' "$(printf 'hum4n,sal3s' | sha256sum | cut -d' ' -f1)" | sha256sum
    const digest = "08cb0a6fb2449811a57c3688f6aa67f234ddd82f422706d9e2eb806d7fe0980d";
    expect(resource(complete, "aws_ssm_parameter", "projects_0")).toMatchObject({
      type: "StringList",
      insecure_value: "hum4n,sal3s",
      name: `/approvals/projects/\${terraform_data.approver_set_projects_generation.id}/${digest}/0`,
    });
  });

  test("a thousand projects are as many parameters as it takes, none above Parameter Store's 4,096 bytes", () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `${i}`.padStart(36, "a"));
    const publishingProjects = Object.fromEntries(ids.map((id, i) => [`p${i}`, { id }]));
    const all = Object.entries(resources(synth({ ...approver.minimal, publishingProjects }), "aws_ssm_parameter"));
    const lists = all.flatMap(([name, parameter]) => (name.includes("_projects_") ? [parameter] : []));
    const values = lists.map(({ insecure_value }) => insecure_value as string);
    expect(values.flatMap((value) => value.split(",")).sort()).toEqual([...ids].sort());
    expect(values.filter((value) => value.length > 4096)).toEqual([]);
    const read = Object.fromEntries(
      lists.map(({ name, insecure_value }) => [name as string, insecure_value as string]),
    );
    const [path] = [...new Set(Object.keys(read).map((name) => name.slice(0, name.lastIndexOf("/"))))];
    const texts = Object.fromEntries(Object.entries(read).map(([name, text]) => [name.slice(path!.length + 1), text]));
    expect(path!.split("/").pop()).toBe(digestOf(texts));
  });
});

describe("nothing ends in silence", () => {
  test("what is invoked asynchronously and fails is reported to the operators, what succeeds where that is wanted", () => {
    expect(resource(minimal, "aws_lambda_function_event_invoke_config")).toMatchObject({
      qualifier: "${aws_lambda_alias.approver_alias.name}",
      destination_config: { on_failure: { destination: approver.minimal.operators.arn } },
    });
    expect(resource(complete, "aws_lambda_function_event_invoke_config")).toMatchObject({
      destination_config: {
        on_failure: { destination: approver.complete.operators.arn },
        on_success: [{ destination: approver.complete.successTopic!.arn }],
      },
    });
  });

  test("every alarm's name is told", () => {
    const module = moduleOf(definition) as { output: { alarm_names: { value: object } } };
    const made = Object.keys(resources(module, "aws_cloudwatch_metric_alarm")).map((id) => id.replace(/^alarm_/, ""));
    expect(Object.keys(module.output.alarm_names.value).sort()).toEqual(made.sort());
  });

  test("every alarm goes to the operators, when it goes off and when it is over", () => {
    const alarms = Object.values(resources(complete, "aws_cloudwatch_metric_alarm"));
    expect(alarms.map(({ metric_name }) => metric_name).sort()).toEqual([
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesVisible",
      "Errors",
      "Failed",
      "IncompleteSweeps",
      "OldestPendingAge",
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        alarm_actions: [approver.complete.operators.arn],
        ok_actions: [approver.complete.operators.arn],
      });
    }
  });

  test("how long requests wait is watched only where a schedule reports it", () => {
    expect(resource(complete, "aws_cloudwatch_metric_alarm", "oldest_pending")).toMatchObject({
      namespace: "SageMakerDataAccess",
      dimensions: { service: "approvals" },
      threshold: 24 * 3600,
    });
    expect(addresses(minimal).filter((address) => address.endsWith("oldest_pending"))).toEqual([]);
  });

  test("logs are kept for a year unless said otherwise", () => {
    expect(resource(minimal, "aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/lambda/approvals",
      retention_in_days: 365,
    });
    expect(resource(complete, "aws_cloudwatch_log_group")).toMatchObject({
      retention_in_days: 30,
      kms_key_id: approver.complete.logs!.kmsKey!.arn,
    });
  });
});

describe("what is looked at", () => {
  test("the query is saved for the deployment's log group", () => {
    expect(resource(minimal, "aws_cloudwatch_query_definition")).toEqual({
      name: "approvals/decisions",
      query_string: DECISIONS_QUERY,
      log_group_names: ["${aws_cloudwatch_log_group.approver_log_group.name}"],
    });
  });

  test("a dashboard is made where it is asked for, of what is measured", () => {
    expect(addresses(minimal).filter((address) => address.startsWith("aws_cloudwatch_dashboard"))).toEqual([]);
    const { dashboard_name, dashboard_body } = resource(complete, "aws_cloudwatch_dashboard");
    expect(dashboard_name).toBe("approvals");
    const metrics = [...String(dashboard_body).matchAll(/\["((?:AWS\/)?\w+)", ("?[\w.]+"?), "(\w+)"/g)].map(
      ([, ...of]) => of,
    );
    expect(metrics.map(([namespace, name, dimension]) => `${namespace} ${JSON.parse(name!)} ${dimension}`)).toEqual([
      ...["Approved", "ApprovedByPeople", "Rejected", "RejectedByPeople", "Waiting", "Failed", "OldestPendingAge"].map(
        (name) => `SageMakerDataAccess ${name} service`,
      ),
      "AWS/SQS ApproximateAgeOfOldestMessage QueueName",
      "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
      "AWS/Lambda Errors FunctionName",
      "AWS/Lambda Throttles FunctionName",
      "SageMakerDataAccess IncompleteSweeps service",
      "SageMakerDataAccess DecisionLatency service",
    ]);
  });
});

test("the function has the settings that its contract names", () => {
  const { environment: settings } = resource(complete, "aws_lambda_function") as { environment: { variables: object } };
  expect(settings.variables).toMatchObject({
    APPROVER_NAME: "approvals",
    ENVIRONMENT: "prod",
    DOMAIN_ID: "dzd_4fbz9qk1x2",
    MINIMUM_AGE_MINUTES: "20",
    QUEUE_URL: "${aws_sqs_queue.approver_queue.url}",
    DEAD_LETTER_QUEUE_URL: "${aws_sqs_queue.approver_dead_letter_queue.url}",
    TOPIC_ARN: approver.complete.topic.arn,
    POLICIES_PATH: expect.stringMatching(
      /^\/approvals\/policies\/\$\{terraform_data\.approver_set_generation\.id\}\/[0-9a-f]{64}$/,
    ),
    PROJECTS_PATH: expect.stringMatching(
      /^\/approvals\/projects\/\$\{terraform_data\.approver_set_projects_generation\.id\}\/[0-9a-f]{64}$/,
    ),
  });
});

describe("is refused", () => {
  test.each([
    ["an empty set", { policies: {} }, /policies: must have at least 1 policy/],
    ["a policy id that is none", { policies: { "A b": "x" } }, /policies: must be keyed by the policies' @id/],
    [
      "a policy too long for a parameter",
      { policies: { a: ofBytes(4097) } },
      /policies: must be at most 4,096 bytes each, the size of an SSM parameter: split a longer policy/,
    ],
    [
      "a policy with what Parameter Store refuses",
      { policies: { a: "// see {{ssm:x}}" } },
      /policies: must not hold \{\{…\}\}, which Parameter Store refuses: put a space between the braces/,
    ],
    ["a name that Parameter Store refuses", { name: "aws-approvals" }, /name: must not begin with aws or ssm/],
    ["another", { name: "ssmapprovals" }, /name: must not begin with aws or ssm/],
    [
      "a retention that CloudWatch Logs does not know",
      { logs: { retentionDays: 31 } },
      /logs\.retentionDays: must be one of 1, 3, 5, .*\(given: 31\)/,
    ],
    [
      "an environment with blanks",
      { environment: "my dev" },
      /environment: must be 1 to 64 letters, digits, _ and - \(given: "my dev"\)/,
    ],
    [
      "an alarm after no time",
      { sweep: { everyMinutes: 5, alarmAfterHours: 0 } },
      /sweep\.alarmAfterHours: must be a whole number of hours from 1 to 8760/,
    ],
    ["a role path without slashes", { rolePath: "data" }, /rolePath: must begin and end with a slash/],
    [
      "a prop that is none",
      { kmsKey: {} },
      /kmsKey: is not a known prop; known here: approverRole, dashboard, deadLetterQueue, /,
    ],
  ])("%s", (_, props, message) => {
    const wrong = (): object => synth({ ...approver.minimal, ...props } as ApproverProps);
    expect(wrong).toThrow(message);
    expect(wrong).toThrow(/^test\/approver:\n/);
  });

  test("a name that has aws or ssm elsewhere is not", () => {
    for (const name of ["my-aws", "assm"]) expect(() => synth({ ...approver.minimal, name })).not.toThrow();
  });

  test("a policy of just 4,096 bytes is not", () => {
    expect(() => synth({ ...approver.minimal, policies: { a: ofBytes(4096) } })).not.toThrow();
  });
});

test("the minimal approver", () => expect(minimal).toMatchSnapshot());
test("the complete approver", () => expect(complete).toMatchSnapshot());
test("the module", () => expect(moduleOf(definition)).toMatchSnapshot());

describe("what Terraform sees of a policy", () => {
  const refusedAs = (id: string, text: string): string[] =>
    policyRelations.flatMap((relation) => relation.problems({ policies: { [id]: text } }));
  const sets = ["approve-all", "dev", "kill-switch", "prod"].map((set) => loadPolicySet(`policies/${set}`));
  const shipped = sets.flatMap((set) => Object.entries(set));

  test.each([
    ["no id", "permit (principal, action, resource);", 'policies.p: must have @id("p"), its key, as its id'],
    ["another's id", '@id("q")\npermit (principal, action, resource);', 'policies.p: must have @id("p")'],
    ["its id in a comment", '// @id("p")\npermit (principal, action, resource);', 'policies.p: must have @id("p")'],
    ["no semicolon", '@id("p") permit (principal, action, resource) // ;', "policies.p: must be one policy"],
    [
      "a bracket too few",
      '@id("p") permit (principal, action, resource) when { true ;',
      "policies.p: must be one policy",
    ],
    [
      "two policies",
      '@id("p") permit (principal, action, resource); forbid (principal, action, resource);',
      "one policy",
    ],
    ["a misspelt effect", '@id("p") premit (principal, action, resource);', "policies.p: must be one policy"],
  ])("is refused with %s", (_, text, reason) => {
    expect(refusedAs("p", text).join("\n")).toContain(reason);
    expect(validateSet({ p: text })).not.toEqual([]);
  });

  test("is refused where Cedar refuses it alone: slips of the keyboard in the shipped policies", () => {
    let refused = 0;
    const slip = fc.tuple(
      fc.constantFrom(...shipped),
      fc.nat(),
      fc.constantFrom("", "(", ")", "{", "}", "[", "]", ";", '"', "//", "x", "\\", " "),
      fc.constantFrom(0, 1),
    );
    fc.assert(
      fc.property(slip, ([[id, text], where, inserted, deleted]) => {
        const at = where % (text.length + 1);
        const changed = text.slice(0, at) + inserted + text.slice(at + deleted);
        if (refusedAs(id, changed).length === 0) return;
        refused += 1;
        expect([changed, validateSet({ [id]: changed })]).not.toEqual([changed, []]);
      }),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(100);
    for (const [id, text] of shipped) expect(refusedAs(id, text)).toEqual([]);
  });
});
