import { page, type Page } from "../shared/runbook";

/** What to do when a rule could not deliver. */
export const undeliveredPage = (queueArn: string): Page =>
  page(
    "An event rule could not deliver events: those that are not in the dead-letter queue are lost, and the next sweep finds their requests",
    [
      "See which rules feed the queue; the alarm has its rule's name",
      `aws events list-rule-names-by-target --target-arn ${queueArn}`,
    ],
    [
      "Queue and topic must let that rule send, and their keys EventBridge: compare their policies with the configuration",
      "terraform plan",
    ],
    [
      "Then sweep, so that what was lost is decided: the approver's runbook has the command. The alarm ends with the next event",
      "terraform output runbook",
    ],
  );
