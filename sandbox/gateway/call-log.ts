import { appendFileSync, createWriteStream, mkdirSync, type WriteStream } from "node:fs";
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
/** The sandbox lacks the operation, and says so. */
const NOT_IMPLEMENTED = 501;

/** Keeps the latest 100,000 calls in memory, and all of them as lines of JSON in a file where one is given. */
export class CallLog {
  private readonly records: CallRecord[] = [];
  private readonly file: WriteStream | undefined;
  private readonly operations = new Set<string>();
  private lastId = 0;

  /** @param operationsFile gets a line `<service> <operation>` for each operation that is called, once */
  constructor(
    file?: string,
    private readonly operationsFile = process.env["SANDBOX_OPERATIONS"],
  ) {
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
    this.note(record);
  }

  private note({ service, operation, status }: CallRecord): void {
    const isAnswered = service !== "" && operation !== "" && status !== NOT_IMPLEMENTED;
    const line = `${service} ${operation}\n`;
    if (this.operationsFile === undefined || !isAnswered || this.operations.has(line)) return;
    this.operations.add(line);
    // Several processes write the same file: a short line at once is whole.
    appendFileSync(this.operationsFile, line);
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
