const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/**
 * Whether a request that waits is to be announced again: its age has passed 1 hour, 1, 3 or 7 days or a further week within
 * the window [since, until). Each scheduled sweep hands over the time since the previous one, so that no store is needed.
 */
export function isDue(requestedAt: Date, { since, until }: { readonly since: Date; readonly until: Date }): boolean {
  const from = since.getTime() - requestedAt.getTime();
  const to = until.getTime() - requestedAt.getTime();
  const within = (age: number): boolean => from <= age && age < to;
  const nextWeek = Math.max(1, Math.ceil(from / WEEK)) * WEEK;
  return [HOUR, DAY, 3 * DAY, nextWeek].some(within);
}
