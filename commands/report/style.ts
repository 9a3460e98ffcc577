/** Read on a screen, wide or narrow, light or dark, and on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #d8dee4; --raised: #f6f8fa; --accent: #0b5cad;
  --approved: #2f6fb5; --rejected: #c2500d; --hatch: #ffffff99;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --text: #e6e9ed; --quiet: #9aa4af; --line: #31373e; --raised: #1d2127; --accent: #7db7f0;
    --approved: #5b9be0; --rejected: #ec8a4b; --hatch: #14171b99;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
body > header, main { max-width: 1160px; margin: 0 auto; padding: 0 24px; }
body > header { padding-top: 28px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0; }
header p { color: var(--quiet); margin: 4px 0 16px; }
h2 { font-size: 18px; margin: 36px 0 8px; }
h3 { font-size: 14px; margin: 16px 0 4px; }
a, button.choose { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.patterns { position: absolute; }

.looking { border-block: 1px solid var(--line); padding: 6px 0; }
.looking > summary { color: var(--quiet); font-size: 13px; }
.filters { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: end; padding: 4px 0 8px; }
.filters label { display: flex; flex-direction: column; flex: 1 1 120px; min-width: 0; }
.filters label:has([type="date"]) { flex-basis: 142px; }
.filters label span { font-size: 12px; color: var(--quiet); }
.filters input, .filters select, .filters button, .more {
  font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  padding: 5px 8px; height: 34px; width: 100%; min-width: 0;
}
.filters button, .more { width: auto; cursor: pointer; }
.status { color: var(--quiet); margin: 8px 0 0; min-height: 1.5em; }

.summary > p { font-size: 19px; line-height: 1.45; margin: 8px 0 16px; max-width: 70ch; overflow-wrap: anywhere; }
.figures { list-style: none; display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; padding: 0; margin: 0; }
.figures li { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; display: flex; flex-direction: column; }
.figures strong { font-size: 28px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.figures small { color: var(--quiet); }

.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 0 0 8px; color: var(--quiet); font-size: 13px; }
.legend li { display: flex; gap: 6px; align-items: center; }
.columns { display: block; width: 100%; height: auto; }
.columns text { font-size: 12px; fill: var(--quiet); }
.grid line { stroke: var(--line); }
.approvedByPolicy .fill, .approvedByPeople .fill { fill: var(--approved); }
.rejectedByPolicy .fill, .rejectedByPeople .fill { fill: var(--rejected); }
.hatch { fill: var(--hatch); }
.hover { fill: transparent; }
g:hover > .hover { fill: var(--raised); }
.bar { display: block; }

.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 40px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: start; color: var(--quiet); font-size: 13px; padding-bottom: 6px; }
th { text-align: start; font-weight: 600; font-size: 13px; color: var(--quiet); }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-inline-end: 0; }
td.wide { min-width: 9em; overflow-wrap: anywhere; }
th.short, td.short { white-space: nowrap; }
td.id { min-width: 9.5em; overflow-wrap: anywhere; line-height: 21px; }
.rows { overflow-x: auto; }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.id, code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; }
.outcome.approved { color: var(--approved); }
.outcome.rejected { color: var(--rejected); font-weight: 600; }
button.choose { font: inherit; background: none; border: 0; padding: 0; text-align: start; cursor: pointer; text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--line); overflow-wrap: anywhere; }
.more { margin: 10px 0 0; }
.paper { display: none; }
.none, em { color: var(--quiet); }
summary { cursor: pointer; padding: 4px 0; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; overflow-x: auto; margin: 4px 0 12px; }
footer { margin: 48px 0 32px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 13px; }
footer p { margin: 4px 0; overflow-wrap: anywhere; }

@media (max-width: 760px) {
  body > header, main { padding: 0 16px; }
  body > header { padding-top: 20px; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: 1fr 1fr; }
  .filters label { flex-basis: calc(50% - 6px); }
  .filters button { width: 100%; }
  .summary > p { font-size: 17px; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, caption { display: block; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: 8px 0; }
  td, td.number, td.short { display: grid; grid-template-columns: 108px minmax(0, 1fr); gap: 8px; border: 0; padding: 1px 0; text-align: start; white-space: normal; }
  td::before { content: attr(data-title); color: var(--quiet); font-size: 13px; font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
}

@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --text: #000000; --quiet: #444444; --line: #bbbbbb; --raised: #ffffff; --accent: #000000;
    --approved: #2f6fb5; --rejected: #c2500d; --hatch: #ffffff99;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body, table { font-size: 11px; }
  .paper { display: block; }
  .looking, .more, details:not([open]) { display: none; }
  body > header, main { max-width: none; padding: 0; }
  tr, .figures, .columns, pre { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
