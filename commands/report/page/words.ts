import type { Named } from "../model";
import type { Unit } from "../select";

const NUMBER = new Intl.NumberFormat("en");
export const number = (value: number): string => NUMBER.format(value);

/** `1 request`, `2 requests`. */
export const plural = (value: number, thing: string): string => `${number(value)} ${thing}${value === 1 ? "" : "s"}`;

export const share = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`;

const UTC = { timeZone: "UTC" } as const;
const DAY = new Intl.DateTimeFormat("en-GB", { ...UTC, day: "numeric", month: "short", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { ...UTC, day: "numeric", month: "short" });
const MONTH = new Intl.DateTimeFormat("en-GB", { ...UTC, month: "short", year: "numeric" });

/** A day, or a month, as a person would write it. */
export const plainDay = (date: string, unit: Unit | "full"): string =>
  ({ full: DAY, month: MONTH, day: SHORT_DAY, week: SHORT_DAY })[unit].format(new Date(date));

/** A time in UTC, to the minute: it sorts as it reads. */
export const moment = (at: string): string => at.slice(0, 16).replace("T", " ");

export const nameOf = (thing: Named | undefined): string => thing?.name ?? thing?.id ?? "unknown";
