import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

/** One call in the call log, which stands in for CloudTrail. No request or response text is in it. */
export interface CallRecord {
  readonly id: number;
  /** ISO 8601, by the sandbox's clock. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  /** What the call acted on: an ARN where it can be told from the request, else empty. */
  readonly resource: string;
  /** ARN of who called, as STS GetCallerIdentity says it. */
  readonly caller: string;
  readonly status: number;
  readonly errorCode?: string;
  /** The role's policies refused the call. */
  readonly denied?: true;
  /** An injected fault answered the call. */
  readonly fault?: true;
  readonly latencyMs: number;
}

/** Which records to return; what is left out does not narrow. */
export interface CallFilter {
  /** Only calls with a higher id. */
  readonly since?: number;
  readonly service?: string;
  readonly operation?: string;
}

const KEPT = 100_000;

/** Keeps the latest 100,000 calls in memory, and all of them as lines of JSON in a file where one is given. */
export class CallLog {
  private readonly records: CallRecord[] = [];
  private readonly file: WriteStream | undefined;
  private lastId = 0;

  constructor(file?: string) {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    this.file = createWriteStream(file, { flags: "a" });
  }

  nextId(): number {
    return ++this.lastId;
  }

  add(record: CallRecord): void {
    this.records.push(record);
    if (this.records.length > KEPT) this.records.shift();
    this.file?.write(`${JSON.stringify(record)}\n`);
  }

  find({ since = 0, service, operation }: CallFilter = {}): readonly CallRecord[] {
    return this.records.filter(
      (record) =>
        record.id > since &&
        (service === undefined || record.service === service) &&
        (operation === undefined || record.operation === operation),
    );
  }

  async close(): Promise<void> {
    const { file } = this;
    if (file) await new Promise((resolve) => file.end(resolve));
  }
}
