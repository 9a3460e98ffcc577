/** The sandbox's time: the real one plus what has been skipped. */
export class Clock {
  private skipped = 0;
  private readonly listeners: (() => void)[] = [];

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
