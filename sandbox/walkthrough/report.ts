import { alive } from "../../scripts/progress";

const TICK = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];

/**
 * What a walkthrough shows on the terminal: numbered parts, the commands that a person would type, facts, and promises,
 * each held or broken. On a terminal a running step is alive, and there are colours unless NO_COLOR is set; elsewhere (CI, a pipe) it is a line now and then and one when it has
 * ended.
 */
export class Report {
  readonly broken: string[] = [];
  #held = 0;
  #parts = 0;
  readonly #live: boolean;
  readonly #color: boolean;

  constructor(
    private readonly out: NodeJS.WritableStream & { isTTY?: boolean },
    private readonly now: () => number = Date.now,
  ) {
    this.#live = out.isTTY === true;
    // https://no-color.org
    this.#color = this.#live && !process.env["NO_COLOR"];
  }

  /** How many promises held. */
  get held(): number {
    return this.#held;
  }

  part(title: string): void {
    this.#write(`\n${this.#bold(`${++this.#parts}  ${title}`)}\n`);
  }

  text(text: string): void {
    this.#write(text.replace(/^/gm, "   ") + "\n");
  }

  /** A command as a person would type it. */
  command(text: string): void {
    this.#write(`   ${this.#paint("36", `$ ${text}`)}\n`);
  }

  /** Aligned lines of what is the case. */
  facts(facts: Readonly<Record<string, string>>): void {
    const width = Math.max(...Object.keys(facts).map((label) => label.length));
    for (const [label, value] of Object.entries(facts)) {
      this.#write(`     ${label.padEnd(width)}  ${value.replace(/\n/g, `\n${" ".repeat(width + 7)}`)}\n`);
    }
  }

  /** A promise of the product and whether it held; `seen` says what was seen where it did not. */
  promise(text: string, held: boolean, seen?: unknown): void {
    if (held) this.#held += 1;
    else this.broken.push(text);
    const sign = held ? this.#paint("32", "✓") : this.#paint("31", "✗");
    this.#write(`   ${sign} ${text}\n`);
    if (!held && seen !== undefined)
      this.#write(`     seen: ${typeof seen === "string" ? seen : JSON.stringify(seen)}\n`);
  }

  /** Runs something that takes a while; `state` may be called with what it is at. */
  async step<T>(title: string, work: (state: (text: string) => void) => Promise<T>): Promise<T> {
    const started = this.now();
    let state = "";
    let tick = 0;
    const seconds = (): string => `${Math.round((this.now() - started) / 1000)} s`;
    const running = (): string => [title, state, seconds()].filter(Boolean).join(" ");
    const timer = this.#live
      ? setInterval(() => this.#write(`\r\x1b[K   ${TICK[tick++ % TICK.length]} ${running()}`), 150)
      : undefined;
    const sayAgain = (): void => (this.#live ? undefined : this.#write(`   … ${running()}\n`));
    try {
      const result = await alive(sayAgain, () => work((text) => (state = text)));
      const done = state ? `${title} ${state}` : title.replace(/:$/, "");
      this.#write(`${this.#live ? "\r\x1b[K" : ""}   ${done}, ${seconds()}\n`);
      return result;
    } catch (error) {
      this.#write(`${this.#live ? "\r\x1b[K" : ""}   ${this.#paint("31", "✗")} ${running()}\n`);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  summary(): void {
    const total = this.#held + this.broken.length;
    this.#write(`\n${this.#bold(`${this.#held} of ${total} promises held.`)}\n`);
    for (const text of this.broken) this.#write(`   ${this.#paint("31", "✗")} ${text}\n`);
  }

  #write(text: string): void {
    this.out.write(text);
  }

  #bold(text: string): string {
    return this.#paint("1", text);
  }

  #paint(code: string, text: string): string {
    return this.#color ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}
