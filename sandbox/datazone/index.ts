import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { awsError } from "../errors";
import type { Call, Caller, Reply, Service, Surroundings } from "../service";
import { BEHAVIOUR, type Behaviour, defaultBehaviour } from "./behaviour";
import type { Context } from "./context";
import { ApiError } from "./errors";
import { type OperationModel, type ServiceModel, serviceModel, shapeOf } from "./model";
import { assets } from "./operations/assets";
import { attributes } from "./operations/attributes";
import { designations } from "./operations/designations";
import { domains } from "./operations/domains";
import { listings } from "./operations/listings";
import { memberships } from "./operations/memberships";
import { owners } from "./operations/owners";
import { policyGrants } from "./operations/policy-grants";
import { products } from "./operations/products";
import { projects } from "./operations/projects";
import { publishing } from "./operations/publishing";
import { requests } from "./operations/requests";
import { subscriptions } from "./operations/subscriptions";
import { transfers } from "./operations/transfers";
import { vocabulary } from "./operations/vocabulary";
import { Outbox } from "./outbox";
import { TokenBuckets } from "./quotas";
import { parseInput, renderError, renderOutput } from "./rest-json";
import type { Domain } from "./store";

export type { Behaviour } from "./behaviour";

export interface DataZoneOptions {
  /** What differs from the default behaviour from the start. */
  readonly behaviour?: Partial<Behaviour>;
  /** Who acts as owner of every domain. Default: the account's root user. */
  readonly isAdministrator?: (caller: Caller) => boolean;
  /** Receives a line for each call: operation, principal and outcome; never what somebody wrote. Default: nobody. */
  readonly log?: (line: string) => void;
}

export interface DataZone extends Service {
  /** How it behaves from now on; assign to its properties. */
  readonly behaviour: Behaviour;
  /** Resolves when the service has done what it does by itself: events delivered, own approvals given. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

type Handler = (input: never, context: Context) => unknown;

/** What it answers, by operation. */
export const OPERATIONS: Readonly<Record<string, Handler>> = {
  ...domains,
  ...projects,
  ...memberships,
  ...designations,
  ...owners,
  ...policyGrants,
  ...vocabulary,
  ...assets,
  ...attributes,
  ...products,
  ...transfers,
  ...publishing,
  ...listings,
  ...requests,
  ...subscriptions,
};

/** Amazon DataZone as far as the product and its walkthrough use it: the API by the service's own model, and its events. */
export function dataZone(surroundings: Surroundings, options: DataZoneOptions = {}): DataZone {
  const { isAdministrator = isAccountAdministrator, log = () => undefined } = options;
  const behaviour = { ...defaultBehaviour(), ...options.behaviour };
  const buckets = new TokenBuckets(behaviour, surroundings);
  const replays = new Replays();
  const domainsById = new Map<string, Domain>();
  const underway = new Set<Promise<void>>();
  const stopping = new AbortController();
  let model: Promise<ServiceModel> | undefined;

  const track = (work: Promise<void>) => {
    const tracked = work
      .catch((error: Error) => {
        if (!stopping.signal.aborted) process.stderr.write(`sandbox: datazone: ${error.stack ?? error.message}\n`);
      })
      .finally(() => underway.delete(tracked));
    underway.add(tracked);
  };
  const later = (milliseconds: number, action: (context: Context) => void) =>
    track(
      sleep(milliseconds, undefined, { ref: false, signal: stopping.signal }).then(() =>
        action(contextFor(SERVICE, false)),
      ),
    );
  const outbox = new Outbox(behaviour, (event) => track(surroundings.emit(event)), later);
  const contextFor = (principal: string, isOwner: boolean): Context => ({
    domains: domainsById,
    behaviour,
    principal,
    isAdministrator: isOwner,
    now: surroundings.now(),
    account: surroundings.account,
    region: surroundings.region,
    emit: (event) => outbox.put(event),
    later,
  });

  const perform = (service: ServiceModel, call: Call): Reply => {
    const operation = service.operations[call.operation];
    const handler = OPERATIONS[call.operation];
    const principal = call.caller.roleArn ?? call.caller.arn;
    if (operation === undefined || handler === undefined) {
      const what = call.operation || `${call.method} ${call.path}`;
      return awsError(call, 501, "NotImplemented", `The sandbox's DataZone has no ${what}.`);
    }
    try {
      buckets.take(operation.name);
      const input = parseInput(service, operation, call);
      const reply = replays.once(service, operation, call.caller.account, input, () =>
        renderOutput(service, operation, handler(input as never, contextFor(principal, isAdministrator(call.caller)))),
      );
      log(`datazone: ${operation.name} by ${principal}: ${reply.status}`);
      return reply;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      log(`datazone: ${operation.name} by ${principal}: ${error.code}`);
      return renderError(service, operation, error, call);
    }
  };

  return {
    behaviour,
    choices: { datazone: (changes) => void Object.assign(behaviour, CHANGES.parse(changes)) },
    async handle(call) {
      return call.service === "datazone" ? perform(await (model ??= serviceModel(MODEL)), call) : undefined;
    },
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    stop() {
      stopping.abort();
      return Promise.resolve();
    },
  };
}

/** Some settings, without the defaults of the others. */
const CHANGES = z.strictObject(
  Object.fromEntries(Object.entries(BEHAVIOUR.shape).map(([name, setting]) => [name, setting.unwrap().optional()])),
);

const MODEL = "datazone/2018-05-10";

/** The principal of what the service does by itself. */
const SERVICE = "SYSTEM";

const isAccountAdministrator = ({ arn }: Caller) => arn.endsWith(":root");

/** A client token makes a call safe to repeat: the second one gets the first one's answer and changes nothing. */
class Replays {
  private readonly replies = new Map<string, { input: string; reply: Reply }>();

  once(
    model: ServiceModel,
    operation: OperationModel,
    account: string,
    input: Readonly<Record<string, unknown>>,
    act: () => Reply,
  ): Reply {
    const members = operation.input ? (shapeOf(model, operation.input.shape).members ?? {}) : {};
    const token = Object.entries(members).find(([, member]) => member.idempotencyToken)?.[0];
    if (token === undefined || input[token] === undefined) return act();
    const key = JSON.stringify([operation.name, account, input[token]]);
    const given = JSON.stringify(input);
    const earlier = this.replies.get(key);
    if (earlier && earlier.input !== given) {
      throw new ApiError("ConflictException", "The client token was used for a request with other parameters.");
    }
    const reply = earlier?.reply ?? act();
    this.replies.set(key, { input: given, reply });
    return reply;
  }
}
