/** Time that passes only when nothing else is left to do: hours of waiting take as long as what is computed in them. */
export class Clock {
  private readonly timers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(public now: number) {}

  readonly sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => {
      const at = this.now + milliseconds;
      const index = this.timers.findIndex((timer) => timer.at > at);
      this.timers.splice(index < 0 ? this.timers.length : index, 0, { at, wake });
    });

  at(time: number, act: () => void): void {
    void this.sleep(time - this.now).then(act);
  }

  /** Lets everything happen until then. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      // Whatever follows from the last step without waiting is done before time goes on.
      await new Promise(setImmediate);
      const [next] = this.timers;
      if (!next || next.at > end) break;
      this.timers.shift();
      this.now = next.at;
      next.wake();
    }
    this.now = end;
  }
}
