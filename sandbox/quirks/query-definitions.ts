import { randomUUID } from "node:crypto";
import { inputOf } from "../authorization/access";
import { awsError } from "../errors";
import type { Internals } from "../internals";
import type { Call, Reply, Service } from "../service";

interface Definition {
  readonly queryDefinitionId: string;
  readonly name: string;
  readonly queryString: string;
  readonly logGroupNames?: readonly string[];
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

/** The saved queries of CloudWatch Logs Insights, which moto lacks. They are kept, and run nowhere. */
export class QueryDefinitions implements Service {
  private readonly definitions = new Map<string, Definition>();

  constructor(private readonly internals: Pick<Internals, "now">) {}

  handle(call: Call): Promise<Reply | undefined> {
    return Promise.resolve(call.service === "logs" ? this.answer(call) : undefined);
  }

  private answer(call: Call): Reply | undefined {
    const input = inputOf(call);
    const id = input["queryDefinitionId"] as string | undefined;
    switch (call.operation) {
      case "PutQueryDefinition":
        if (id !== undefined && !this.definitions.has(id)) return missing(call);
        return json({ queryDefinitionId: this.put(id ?? randomUUID(), input) });
      case "DescribeQueryDefinitions": {
        const prefix = (input["queryDefinitionNamePrefix"] ?? "") as string;
        const queryDefinitions = [...this.definitions.values()].filter(({ name }) => name.startsWith(prefix));
        return json({ queryDefinitions });
      }
      case "DeleteQueryDefinition":
        return this.definitions.delete(id ?? "") ? json({ success: true }) : missing(call);
      default:
        return undefined;
    }
  }

  private put(queryDefinitionId: string, input: Readonly<Record<string, unknown>>): string {
    const { name, queryString, logGroupNames } = input as unknown as Definition;
    const lastModified = this.internals.now().getTime();
    this.definitions.set(queryDefinitionId, { queryDefinitionId, name, queryString, logGroupNames, lastModified });
    return queryDefinitionId;
  }
}

const missing = (call: Call): Reply =>
  awsError(call, 400, "ResourceNotFoundException", "The specified query definition does not exist.");

const json = (body: unknown): Reply => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});
