/** The sandbox's time: the real one, or so much behind it, plus what has been skipped. */
export class Clock {
  private skipped: number;
  private readonly listeners: (() => void)[] = [];

  constructor(behindSeconds = 0) {
    this.skipped = -1000 * behindSeconds;
  }

  now = (): Date => new Date(Date.now() + this.skipped);

  advance(seconds: number): void {
    this.skipped += seconds * 1000;
    for (const listener of this.listeners) listener();
  }

  /** Calls back whenever time is skipped. */
  onAdvance(listener: () => void): void {
    this.listeners.push(listener);
  }
}
