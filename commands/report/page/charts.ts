import { type Counts, KINDS, type Line, type Period, type Unit, total } from "../select";
import { h, svg } from "./dom";
import { number, plainDay } from "./words";

export const LABELS: Readonly<Record<keyof Counts, string>> = {
  approvedByPolicy: "approved by policy",
  approvedByPeople: "approved by people",
  rejectedByPolicy: "rejected by policy",
  rejectedByPeople: "rejected by people",
};

/** What the colours mean; the two of people are hatched as well, so that nothing hangs on colour. */
export const legend = (): HTMLElement =>
  h(
    "ul",
    { class: "legend" },
    ...KINDS.map((kind) =>
      h(
        "li",
        {},
        svg("svg", { class: "key", width: 14, height: 14, "aria-hidden": "true" }, part(kind, 0, 0, 14, 14)),
        LABELS[kind],
      ),
    ),
  );

const part = (kind: keyof Counts, x: number | string, y: number, width: number | string, height: number): SVGElement =>
  svg(
    "g",
    { class: kind },
    svg("rect", { x, y, width, height, class: "fill" }),
    kind.endsWith("People") && svg("rect", { x, y, width, height, fill: "url(#hatched)" }),
  );

/** The pattern that parts of people are hatched with, once a page. */
export const patterns = (): SVGElement =>
  svg(
    "svg",
    { width: 0, height: 0, class: "patterns", "aria-hidden": "true" },
    svg(
      "defs",
      {},
      svg(
        "pattern",
        { id: "hatched", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        svg("rect", { width: 2, height: 5, class: "hatch" }),
      ),
    ),
  );

const HEIGHT = 220;
const MARGIN = { top: 8, right: 8, bottom: 24, left: 44 };

/** Columns over time, one a period, for a place of that many pixels. */
export function columns({ unit, periods }: { unit: Unit; periods: readonly Period[] }, width: number): SVGElement {
  const most = Math.max(1, ...periods.map(({ counts }) => total(counts)));
  const step = niceStep(most / 4);
  const top = Math.ceil(most / step) * step;
  const [innerWidth, innerHeight] = [width - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom];
  const y = (value: number): number => MARGIN.top + innerHeight * (1 - value / top);
  const slot = innerWidth / periods.length;
  const bar = Math.max(1, Math.min(48, slot * 0.8));
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).map((value) =>
    svg(
      "g",
      { class: "grid" },
      svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value) }),
      svg("text", { x: MARGIN.left - 6, y: y(value) + 4, "text-anchor": "end" }, number(value)),
    ),
  );
  const drawn = periods.map(({ start, counts }, i) => {
    const x = MARGIN.left + i * slot + (slot - bar) / 2;
    let below = 0;
    const parts = KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
      const [from, to] = [y(below), y((below += counts[kind]))];
      return part(kind, x, to, bar, from - to);
    });
    const said = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${number(counts[kind])} ${LABELS[kind]}`);
    const hover = svg("rect", {
      x: MARGIN.left + i * slot,
      y: MARGIN.top,
      width: slot,
      height: innerHeight,
      class: "hover",
    });
    return svg("g", {}, svg("title", {}, `${periodName(unit, start)}: ${said.join(", ") || "none"}`), hover, ...parts);
  });
  const every = Math.ceil(periods.length / Math.max(1, Math.floor(innerWidth / 90)));
  const names = periods.flatMap(({ start }, i) =>
    i % every === 0
      ? [
          svg(
            "text",
            { x: MARGIN.left + (i + 0.5) * slot, y: HEIGHT - 6, "text-anchor": "middle" },
            plainDay(start, unit),
          ),
        ]
      : [],
  );
  const label = `Decisions by ${unit}, ${periods.length} ${unit}s; the table below says the same`;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, class: "columns", role: "img", "aria-label": label },
    ...lines,
    ...drawn,
    ...names,
  );
}

export const periodName = (unit: Unit, start: string): string =>
  unit === "day"
    ? plainDay(start, "day")
    : unit === "week"
      ? `week of ${plainDay(start, "day")}`
      : plainDay(start, "month");

/** 1, 2 or 5 times a power of ten, at least as much as asked for, and at least 1. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 1;
}

/** A bar across its cell, in parts, as long as its share of the longest one's. */
export function bar({ counts }: Line, longest: number): SVGElement {
  let before = 0;
  const parts = KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
    const x = `${(100 * before) / longest}%`;
    before += counts[kind];
    return part(kind, x, 0, `${(100 * counts[kind]) / longest}%`, 14);
  });
  return svg("svg", { class: "bar", width: "100%", height: 14, "aria-hidden": "true" }, ...parts);
}
