import type { Call, Reply, Service } from "../service";

/** One call and its reply, as they went over the wire: what `check.py` holds against the service's model. */
export interface Exchange {
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Base64. */
  readonly responseBody: string;
}

/**
 * A service that answers as the given one does, and hands each call that it answers itself to the sink, with the reply.
 */
export function recording<S extends Service>(service: S, sink: (exchange: Exchange) => void): S {
  return Object.assign(Object.create(service) as S, {
    async handle(call: Call) {
      const reply = await service.handle(call);
      if (reply) sink(exchangeOf(call, reply));
      return reply;
    },
  });
}

const exchangeOf = (call: Call, reply: Reply): Exchange => ({
  service: call.service,
  operation: call.operation,
  method: call.method,
  path: call.path,
  query: [...call.query],
  headers: call.headers,
  body: call.body.toString("base64"),
  status: reply.status,
  responseHeaders: reply.headers ?? {},
  responseBody: Buffer.from(reply.body ?? "").toString("base64"),
});
