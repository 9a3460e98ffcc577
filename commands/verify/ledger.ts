import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { unwritable } from "../program/files";

/** What `--act` makes. */
export type Kind = "queue" | "rule" | "project" | "asset" | "request" | "subscription" | "grant";

/** Something that was made, or may have been. */
export interface Entry {
  readonly kind: Kind;
  /** What it is found by where its id was not learned any more. */
  readonly name: string;
  readonly id?: string;
}

/** What a ledger belongs to: nothing is removed by one of another place. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly domainId: string;
}

/**
 * What was made, in a file: a line before anything is made, and one with its id after. So whatever happens in between, what there may be
 * is known.
 */
export class Ledger {
  private underway: Promise<unknown> = Promise.resolve();
  private closed = false;

  private constructor(
    readonly file: string,
    readonly place: Place,
  ) {}

  /** @throws Error where there is one already: what it says has to be removed first */
  static begin(file: string, place: Place): Ledger {
    if (existsSync(file))
      throw new Error(`${file} is there: an earlier run may have left something. Remove it with --clean.`);
    const ledger = new Ledger(file, place);
    ledger.write(place);
    return ledger;
  }

  /** @throws Error where there is none, or it is of another place */
  static open(file: string, place: Place): Ledger {
    if (!existsSync(file)) throw new Error(`${file} is not there: nothing is known to have been left.`);
    const ledger = new Ledger(file, place);
    const [of] = ledger.lines() as readonly Place[];
    if (of?.account !== place.account || of.region !== place.region || of.domainId !== place.domainId)
      throw new Error(`${file} is of another account, Region or domain: nothing was removed.`);
    return ledger;
  }

  /** Makes something, once the ledger says so. @param make gives its id where it has one of its own */
  async making<T extends { readonly id?: string | undefined }>(
    kind: Kind,
    name: string,
    make: () => Promise<T>,
  ): Promise<T> {
    if (this.closed) throw new Error(`The ${kind} was not made: interrupted.`);
    const whole = async (): Promise<T> => {
      this.write({ kind, name });
      const made = await make();
      if (made.id !== undefined) this.write({ kind, name, id: made.id });
      return made;
    };
    const making = whole();
    this.underway = making.catch(() => undefined);
    return await making;
  }

  /** From here on nothing is made; resolves once what is being made is in the ledger. */
  async close(): Promise<void> {
    this.closed = true;
    await this.underway;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** What there may be, the latest first. */
  entries(): Entry[] {
    const entries = new Map<string, Entry>();
    for (const line of this.lines().slice(1) as readonly Entry[]) entries.set(`${line.kind} ${line.name}`, line);
    return [...entries.values()].reverse();
  }

  /** All of it is removed. */
  end(): void {
    rmSync(this.file, { force: true });
  }

  private write(line: object): void {
    try {
      appendFileSync(this.file, `${JSON.stringify(line)}\n`, { flush: true } as object);
    } catch (error) {
      throw unwritable(this.file, error);
    }
  }

  private lines(): unknown[] {
    return readFileSync(this.file, "utf8")
      .split("\n")
      .filter(Boolean)
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as unknown];
        } catch {
          return []; // What a crash has cut off was not made yet.
        }
      });
  }
}
