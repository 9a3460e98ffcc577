import { h } from "./dom";
import { number } from "./words";

export type Cell = Node | string;

/** A column: what stands above it, and how it is set. */
export interface Column {
  readonly title: string;
  readonly kind?: "number" | "short" | "id" | "wide";
}

/** How many rows are shown at first, and with each press of the button. */
const PAGE = 50;

/** A table that shows its first rows, and more when asked; on a narrow screen each row is a card. */
export function table<T>(
  caption: string,
  columns: readonly Column[],
  rows: readonly T[],
  cells: (row: T) => readonly Cell[],
  page = PAGE,
): HTMLElement {
  if (rows.length === 0) return h("p", { class: "none" }, "None.");
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more", click: () => show() });
  const onPaper = h("p", { class: "paper" });
  let shown = 0;
  const show = (): void => {
    const next = rows.slice(shown, shown + page);
    body.append(...next.map((row) => line(columns, cells(row))));
    shown += next.length;
    more.hidden = shown >= rows.length;
    onPaper.textContent = more.hidden ? "" : `${number(rows.length - shown)} more are not printed: show them first.`;
    more.textContent = `Show ${number(Math.min(page, rows.length - shown))} more of ${number(rows.length - shown)}`;
  };
  show();
  const head = columns.map(({ title, kind }) => h("th", { scope: "col", class: kind }, title));
  return h(
    "div",
    { class: "rows" },
    h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, ...head)), body),
    more,
    onPaper,
  );
}

const line = (columns: readonly Column[], cells: readonly Cell[]): HTMLElement =>
  h("tr", {}, ...columns.map(({ title, kind }, i) => h("td", { "data-title": title, class: kind }, cells[i])));
