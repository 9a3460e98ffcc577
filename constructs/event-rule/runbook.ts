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
      "The policies of queue and topic must let that rule send, and those of their keys must let EventBridge in: compare them with the configuration",
      "terraform plan",
    ],
    [
      "Then sweep, so that requests whose events were lost are decided: the approver's runbook has the command. The alarm ends with the next event",
      "terraform output runbook",
    ],
  );
