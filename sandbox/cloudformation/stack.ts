import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../gateway/aws-client";
import { History } from "./events";
import type { Resources } from "./resources";
import type { Resource, Template } from "./template";

/** A stack with resources of DataZone in it, and what has happened to it. */
export class Stack {
  /** How the stack ended, where moto would say something else. */
  outcome: { readonly status: string; readonly reason: string } | undefined;
  /** A name is free again when its stack is gone; the id stays. */
  exists = true;
  readonly history: History;
  private held: Held = new Map();

  constructor(
    readonly name: string,
    readonly id: string,
    public template: Template,
    now: () => Date,
  ) {
    this.history = new History(name, id, now);
  }

  /** Makes the resources of a new stack. `onFailure` says what to do with those already made when one of them fails. */
  async create(resources: Resources, onFailure: "ROLLBACK" | "DELETE" | "DO_NOTHING"): Promise<void> {
    this.history.stack("CREATE_IN_PROGRESS", "User Initiated");
    this.held = this.template.resources;
    const failed = await this.attempt(changesBetween(new Map(), this.held), resources);
    if (failed === undefined) {
      this.history.stack("CREATE_COMPLETE");
      return;
    }
    const reason = `The following resource(s) failed to create: [${failed.logicalId}]. `;
    if (onFailure === "DO_NOTHING") {
      this.history.stack("CREATE_FAILED", reason);
      this.outcome = { status: "CREATE_FAILED", reason };
      return;
    }
    const status = onFailure === "DELETE" ? "DELETE" : "ROLLBACK";
    this.history.stack(
      `${status}_IN_PROGRESS`,
      `${reason}${status === "DELETE" ? "Delete" : "Rollback"} requested by user.`,
    );
    await failed.undo();
    this.held = new Map();
    this.history.stack(`${status}_COMPLETE`);
    if (status === "DELETE") this.exists = false;
    else this.outcome = { status: "ROLLBACK_COMPLETE", reason };
  }

  /**
   * Changes the resources to those of another template. Resolves to whether that worked; if not, nothing has changed.
   */
  async update(template: Template, resources: Resources): Promise<boolean> {
    this.history.stack("UPDATE_IN_PROGRESS", "User Initiated");
    const failed = await this.attempt(changesBetween(this.held, template.resources), resources);
    if (failed === undefined) {
      this.template = template;
      this.held = template.resources;
      this.outcome = undefined;
      this.history.stack("UPDATE_COMPLETE");
      return true;
    }
    const reason = `The following resource(s) failed to update: [${failed.logicalId}]. `;
    this.history.stack("UPDATE_ROLLBACK_IN_PROGRESS", reason);
    await failed.undo();
    this.history.stack("UPDATE_ROLLBACK_COMPLETE");
    this.outcome = { status: "UPDATE_ROLLBACK_COMPLETE", reason };
    return false;
  }

  /** Removes the resources; resolves to whether all could be removed. */
  async delete(resources: Resources): Promise<boolean> {
    this.history.stack("DELETE_IN_PROGRESS", "User Initiated");
    const failed = await this.attempt(changesBetween(this.held, new Map()), resources);
    if (failed === undefined) {
      this.history.stack("DELETE_COMPLETE");
      this.exists = false;
      this.outcome = undefined;
      return true;
    }
    const reason = `The following resource(s) failed to delete: [${failed.logicalId}]. `;
    this.history.stack("DELETE_FAILED", reason);
    this.outcome = { status: "DELETE_FAILED", reason };
    return false;
  }

  /** Carries changes out until one fails; then it says which, and how to take back what was done. */
  private async attempt(changes: readonly Change[], resources: Resources): Promise<Failure | undefined> {
    const done: Step[] = [];
    for (const { logicalId, verb, steps } of changes) {
      const { type } = steps[0]!.resource;
      this.history.resource(logicalId, type, `${verb}_IN_PROGRESS`);
      try {
        for (const step of steps) {
          await resources[step.action](step.resource);
          done.push(step);
        }
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        this.history.resource(logicalId, type, `${verb}_FAILED`, reasonOf(error));
        return { logicalId, undo: () => undo(done, resources) };
      }
      this.history.resource(logicalId, type, `${verb}_COMPLETE`);
    }
    return undefined;
  }
}

type Held = ReadonlyMap<string, Resource>;

interface Step {
  readonly action: "add" | "remove";
  readonly resource: Resource;
}

interface Change {
  readonly logicalId: string;
  readonly verb: "CREATE" | "UPDATE" | "DELETE";
  readonly steps: readonly Step[];
}

interface Failure {
  readonly logicalId: string;
  readonly undo: () => Promise<void>;
}

/**
 * The changes that lead from the present resources to the wanted ones: additions and changes first, then removals, in
 * CloudFormation's order.
 */
function changesBetween(present: Held, wanted: Held): Change[] {
  const changes: Change[] = [];
  const removals: Change[] = [];
  for (const [logicalId, resource] of wanted) {
    const old = present.get(logicalId);
    const add: Step = { action: "add", resource };
    if (!old) changes.push({ logicalId, verb: "CREATE", steps: [add] });
    else if (old.identity !== resource.identity) {
      changes.push({ logicalId, verb: "UPDATE", steps: [add] });
      removals.push(removal(logicalId, old));
    } else if (!isDeepStrictEqual(old.make, resource.make)) {
      // The API cannot change a resource: it is made anew.
      changes.push({ logicalId, verb: "UPDATE", steps: [{ action: "remove", resource: old }, add] });
    }
  }
  for (const [logicalId, old] of present) if (!wanted.has(logicalId)) removals.push(removal(logicalId, old));
  return [...changes, ...removals];
}

const removal = (logicalId: string, resource: Resource): Change => ({
  logicalId,
  verb: "DELETE",
  steps: [{ action: "remove", resource }],
});

async function undo(done: readonly Step[], resources: Resources): Promise<void> {
  for (const { action, resource } of [...done].reverse()) {
    await resources[action === "add" ? "remove" : "add"](resource);
  }
}

const reasonOf = ({ code, message, status }: AwsError) =>
  `Resource handler returned message: "${message.replace(`${code}: `, "")} (Service: DataZone, Status Code: ${status})" ` +
  `(HandlerErrorCode: ${HANDLER_ERRORS[status] ?? "GeneralServiceException"})`;

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
const HANDLER_ERRORS: Readonly<Record<number, string>> = {
  400: "InvalidRequest",
  403: "AccessDenied",
  404: "NotFound",
  429: "Throttling",
};
