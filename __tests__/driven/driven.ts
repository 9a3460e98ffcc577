import type { DrivenRoot } from "./root";

export interface Queue {
  readonly url: string;
  readonly arn: string;
}
interface Role {
  readonly arn: string;
}
interface Approver {
  readonly function_name: string;
  readonly queue_url: string;
  readonly dead_letter_queue_url: string;
  readonly redrive_command: string;
}
type By<T> = Readonly<Record<string, T>>;

/** What the examples made, as far as it is looked at: outputs of their modules, and resources, by their addresses. */
export interface Made {
  readonly approver: { readonly "module.approver": Approver };
  readonly subscription: {
    readonly "module.subscription_approval": Approver;
    readonly "aws_sqs_queue.decisions": Queue;
  };
  readonly event_rule: {
    readonly "module.notification_topic": { readonly arn: string };
    readonly "aws_sqs_queue.requests": Queue;
  };
  readonly notification_topic: {
    readonly "module.notification_topic": { readonly arn: string };
    readonly "aws_iam_role.publisher": Role;
    readonly "aws_sqs_queue.waiting": Queue;
  };
  readonly access_grants: {
    readonly "module.data": { readonly bucket_name: string };
    readonly "aws_iam_role.analyst": Role;
  };
  readonly persona_grants: { readonly "aws_iam_role.analyst": Role };
  readonly data_bucket: { readonly "module.data_bucket": { readonly bucket_name: string } };
  readonly studio_access: {
    readonly "module.studio_access": { readonly bucket_name: string; readonly role_arns: By<string> };
  };
  readonly studio_domain: {
    readonly "module.studio_domain": { readonly scratch_bucket_name: string; readonly role_arns: By<string> };
  };
  readonly studio_network: { readonly "module.studio_network": { readonly vpc_id: string } };
  readonly brought: { readonly role_arns: By<string> };
  readonly application_role_arn: string;
  readonly buckets: Readonly<Record<"lake" | "product" | "reports", string>>;
}

/** The root, and what it made. */
export interface Driven {
  readonly root: DrivenRoot;
  readonly made: Made;
}
