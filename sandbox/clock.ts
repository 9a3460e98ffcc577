/** The sandbox's time: real time, minus `behindSeconds`, plus the time that was skipped. */
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
