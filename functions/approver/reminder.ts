const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** When a scheduled sweep takes place, and how young a request may be that it leaves alone. */
export interface Schedule {
  readonly at: Date;
  readonly everyMinutes: number;
  readonly minimumAgeMinutes: number;
}

/**
 * Whether people are told of a waiting request that a scheduled sweep finds. They are if no earlier sweep can have found it, because its event
 * may have been lost; and as a reminder when, since the previous sweep, its age has passed 1 hour, 1, 3 or 7 days, or a further week. Comparing
 * with the previous sweep's time takes the place of a store of what has been told.
 */
export function isToBeTold(requestedAt: Date | undefined, { at, everyMinutes, minimumAgeMinutes }: Schedule): boolean {
  if (requestedAt === undefined) return true;
  const to = at.getTime() - requestedAt.getTime();
  const from = to - everyMinutes * MINUTE;
  const within = (age: number): boolean => from < age && age <= to;
  const nextWeek = Math.max(1, Math.floor(from / WEEK) + 1) * WEEK;
  return [minimumAgeMinutes * MINUTE, HOUR, DAY, 3 * DAY, nextWeek].some(within);
}
