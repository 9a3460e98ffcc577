import { delimiter } from "node:path";
import { pythonEnv } from "../scripts/python-env";
import { accessOf, type ConditionKeys } from "./authorization/access";
import { Authorizer } from "./authorization/authorizer";
import { queueUrl } from "./authorization/resource-policies";
import { Clock } from "./clock";
import { Control } from "./control";
import { EventBus } from "./delivery/event-bus";
import { poll } from "./delivery/poller";
import { Targets } from "./delivery/targets";
import { AwsClient } from "./gateway/aws-client";
import { CallLog, type CallFilter, type CallRecord } from "./gateway/call-log";
import { ACCOUNT, ADMIN, Callers } from "./gateway/callers";
import { controlApi } from "./gateway/control-api";
import { Faults } from "./gateway/faults";
import { startMoto } from "./gateway/moto";
import { makeCertificate } from "./gateway/https";
import { dispatch, startServer, type Stages } from "./gateway/server";
import type { Internals } from "./internals";
import { Lambda } from "./lambda";
import { Mappings } from "./lambda/mappings";
import { alarms } from "./quirks/alarms";
import { Endpoints } from "./quirks/endpoints";
import { identity } from "./quirks/identity";
import { parameters } from "./quirks/parameters";
import { QueryDefinitions } from "./quirks/query-definitions";
import { Queues } from "./quirks/queues";
import { simulation } from "./quirks/simulation";
import { trail } from "./quirks/trail";
import type { Quotas, Service, Surroundings } from "./service";
import { SERVICES } from "./services";

export interface SandboxOptions {
  /** @default a free port */
  readonly port?: number;
  /** Rates that services enforce. @default the documented ones */
  readonly quotas?: Quotas;
  /** Divides the waits of queues and retries, but not schedules and time-outs. @default 60: minutes become seconds */
  readonly timeScale?: number;
  /**
   * Seconds by which its clock is behind real time at the start. A client goes by its own clock, so for it the
   * sandbox's credentials end that much earlier. @default 0
   */
  readonly behindSeconds?: number;
  /** Parts beside moto. @default all of them */
  readonly services?: readonly ((surroundings: Surroundings) => Service)[];
  /** A file that gets a line of JSON for each call. @default none */
  readonly log?: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** What Terraform, the AWS CLI, boto3 and the SDKs need in their environment to talk to it, `PATH` included. */
  readonly env: Readonly<Record<string, string>>;
  readonly control: Control;
  /** The call log, oldest first. */
  calls(filter?: CallFilter): readonly CallRecord[];
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

const REGION = "us-east-1";

/** Starts a local AWS on a loopback port: about two seconds, half a minute more the first time. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const [moto, certificate] = await Promise.all([startMoto(), makeCertificate()]);
  const clock = new Clock(options.behindSeconds);
  const log = new CallLog(options.log);
  const faults = new Faults();
  const callers = new Callers(moto.send, REGION);
  let quotas: Quotas = options.quotas ?? { enabled: true, scale: 1 };

  const aws = new AwsClient(moto.send, ADMIN, REGION);
  const authorizer = new Authorizer(aws, clock.now, async (call) => {
    const keys = await Promise.all(services.map((service) => service.conditionKeys?.(call)));
    return Object.assign({}, ...keys) as ConditionKeys;
  });
  let endpoint = "";
  const internals: Internals = {
    moto: moto.send,
    emit: (event) => Promise.resolve(faults.loses(event) ? undefined : bus.emit(event)),
    now: clock.now,
    account: ACCOUNT,
    region: REGION,
    quotas: () => quotas,
    carry: (accessKeyId, keys) => authorizer.carry(accessKeyId, keys),
    refusal: (caller, access) => authorizer.refusalInService(caller, access, REGION),
    keepPolicy: (arn, policy) => authorizer.keepPolicy(arn, policy),
    aws,
    as: (caller) => new AwsClient((call) => dispatch(stages, { ...call, id: log.nextId() }), caller, REGION),
    findCaller: (accessKeyId) => callers.find(accessKeyId),
    authorizer,
    queueUrl,
    endpoint: () => endpoint,
    timeScale: options.timeScale ?? 60,
  };
  const lambda = new Lambda(internals);
  const bus = new EventBus(internals, new Targets(internals, (arn, event) => lambda.invokeAsynchronously(arn, event)));
  clock.onAdvance(() => bus.tick());
  const services: readonly Service[] = [
    identity(internals),
    simulation(internals),
    parameters,
    trail(internals),
    alarms(clock.now),
    new Endpoints(internals),
    new Queues(internals),
    new QueryDefinitions(internals),
    bus,
    new Mappings(internals, {
      start: (mapping) => poll(internals, mapping, (arn, event) => lambda.invoke(arn, event)),
      roleOf: (arn) => lambda.roleOf(arn),
    }),
    lambda,
    ...(options.services ?? SERVICES).map((make) => make(internals)),
  ];

  const stages: Stages = {
    findCaller: (accessKeyId) => callers.find(accessKeyId),
    faults,
    authorize: (call) => authorizer.refuse(call),
    answer: async (call) => {
      for (const service of services) {
        const reply = await service.handle(call);
        if (reply) return reply;
      }
      return await moto.send(call);
    },
    complete: async (call, reply) => {
      let completed = reply;
      for (const service of services) completed = (await service.complete?.(call, completed)) ?? completed;
      return completed;
    },
    resourceOf: (call) => {
      const { resource } = accessOf(call)[0];
      return resource === "*" ? "" : resource;
    },
    log,
    now: clock.now,
  };
  const control = controlApi({
    log,
    faults,
    clock,
    setQuotas: (to) => (quotas = to),
    choose: (service, changes) => {
      const choices = services.flatMap((one) => Object.entries(one.choices ?? {}));
      const choice = choices.find(([name]) => name === service);
      if (!choice)
        throw new Error(
          `${service} has no settings; there are settings of ${choices.map(([name]) => name).join(", ")}.`,
        );
      choice[1](changes);
    },
    functionLogs: () => lambda.logs.lines,
    accesses: () => authorizer.log.all,
  });
  const server = await startServer(stages, control, certificate, options.port ?? 0).catch(async (error: Error) => {
    await moto.stop();
    await certificate.remove();
    throw error;
  });
  endpoint = `http://127.0.0.1:${server.port}`;
  return {
    endpoint,
    account: ACCOUNT,
    region: REGION,
    env: await clientEnvironment(endpoint, certificate.authority),
    control: new Control(endpoint),
    calls: (filter) => log.find(filter),
    stop: async () => {
      server.stop();
      await Promise.all(services.map((service) => service.stop?.()));
      await moto.stop();
      await certificate.remove();
      await log.close();
    },
  };
}

async function clientEnvironment(endpoint: string, authority: string): Promise<Record<string, string>> {
  const { bin } = await pythonEnv();
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // Nothing of the person's own AWS set-up gets in.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    // S3 Control prepends the account to the host, a name that does not resolve: its clients come through the proxy.
    HTTP_PROXY: endpoint,
    http_proxy: endpoint,
    // Some ask a built-in https address, past AWS_ENDPOINT_URL: it must not be the real AWS.
    HTTPS_PROXY: endpoint,
    https_proxy: endpoint,
    AWS_CA_BUNDLE: authority,
    NO_PROXY: "",
    no_proxy: "",
    PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
  };
}
