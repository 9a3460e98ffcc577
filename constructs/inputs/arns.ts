import { object, text } from "./input";
import { matches } from "./rules";

/** The ARN of one kind of resource; the pattern is for what follows the partition. */
const arn = (pattern: string, what: string) =>
  text(matches(new RegExp(`^arn:[a-z0-9-]+:${pattern}$`), `must be the ARN of ${what}`));

const REGION = "[a-z0-9-]+";
const ACCOUNT = "[0-9]{12}";

/** Queues and topics must be standard ones: messages on FIFO ones need a group id, which events and alarms do not have. */
export const arnOf = {
  accessGrants: arn(
    `s3:${REGION}:${ACCOUNT}:access-grants[/]default`,
    "an S3 Access Grants instance (…:access-grants/default)",
  ),
  identityCenter: arn("sso:::instance[/].+", "an IAM Identity Center instance (arn:partition:sso:::instance/ssoins-…)"),
  key: arn(
    `kms:${REGION}:${ACCOUNT}:key[/].+`,
    "a KMS key (…:key/…), not of an alias, because IAM permissions are on keys",
  ),
  policy: arn(`iam::(${ACCOUNT}|aws):policy[/].+`, "a managed policy (arn:partition:iam::account:policy/…)"),
  principal: arn(
    `iam::${ACCOUNT}:(root|role[/].+|user[/].+)`,
    "an account, a role or a user (arn:partition:iam::account:…)",
  ),
  queue: arn(
    `sqs:${REGION}:${ACCOUNT}:[A-Za-z0-9_-]{1,80}`,
    "a standard queue (arn:partition:sqs:region:account:name)",
  ),
  role: arn(`iam::${ACCOUNT}:role[/].+`, "a role (arn:partition:iam::account:role/…)"),
  rule: arn(
    `events:${REGION}:${ACCOUNT}:rule[/].+`,
    "an EventBridge rule (arn:partition:events:region:account:rule/…)",
  ),
  topic: arn(
    `sns:${REGION}:${ACCOUNT}:[A-Za-z0-9_-]{1,256}`,
    "a standard topic (arn:partition:sns:region:account:name)",
  ),
};

/** A resource that exists already, by its ARN. An object, so that a plan knows whether it is given (see docs/architecture.md). */
export const existing = {
  accessGrants: object({ arn: arnOf.accessGrants }),
  identityCenter: object({ arn: arnOf.identityCenter }),
  key: object({ arn: arnOf.key }),
  policy: object({ arn: arnOf.policy }),
  queue: object({ arn: arnOf.queue }),
  role: object({ arn: arnOf.role }),
  rule: object({ arn: arnOf.rule }),
  topic: object({ arn: arnOf.topic }),
};
