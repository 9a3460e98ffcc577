/** Milliseconds of `rate(5 minutes)`; nothing for another expression. */
export function rateOf(expression: string | undefined): number | undefined {
  const [, value, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression ?? "") ?? [];
  const length = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }[unit];
  return value === undefined || length === undefined ? undefined : Number(value) * length;
}

/** When a rule with a rate is due next. */
export class Schedule {
  private readonly due = new Map<string, { readonly expression: string; readonly at: number }>();

  /** Starts, or where the expression has changed restarts, a rule's clock. */
  set(rule: string, expression: string | undefined, now: number): void {
    const period = rateOf(expression);
    if (expression === undefined || period === undefined) this.due.delete(rule);
    else if (this.due.get(rule)?.expression !== expression) this.due.set(rule, { expression, at: now + period });
  }

  delete(rule: string): void {
    this.due.delete(rule);
  }

  /**
   * The rules that are due, each with the time at which it became due last. A rule that became due several times while
   * time was skipped is listed once.
   */
  take(now: number): readonly { readonly rule: string; readonly at: number }[] {
    const taken: { rule: string; at: number }[] = [];
    for (const [rule, { expression, at }] of this.due) {
      const period = rateOf(expression);
      if (period === undefined || at > now) continue;
      const last = at + Math.floor((now - at) / period) * period;
      this.due.set(rule, { expression, at: last + period });
      taken.push({ rule, at: last });
    }
    return taken;
  }
}
