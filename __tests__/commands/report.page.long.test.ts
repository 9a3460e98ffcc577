import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { logLines } from "../../benchmarks/report-records";
import { htmlOf } from "../../commands/report/html";
import { fold } from "../../commands/report/fold";
import type { Decided, Report, Waiting } from "../../commands/report/model";
import { EVERYTHING, type Filter, select } from "../../commands/report/select";
import { recordsOf } from "../../commands/records/entries";
import { launchBrowser } from "../../scripts/browser";

const folder = mkdtempSync(join(tmpdir(), "page-"));
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const DIGESTS = ["a".repeat(64), "b".repeat(64)];
const POLICY = '@id("public-data")\npermit (principal, action, resource) when { 1 < 2 };';
const big: Report = {
  madeAt: "2026-07-01T12:00:00.000Z",
  sources: ["a log"],
  ...fold(recordsOf(logLines(3_000, DIGESTS).map((text) => ({ text })))),
  sets: [{ digest: DIGESTS[0]!, texts: { "public-data": POLICY }, where: "the log" }, { digest: DIGESTS[1]! }],
};

let files = 0;
/** Opens a report in a browser, offline, as a file; whatever goes wrong in it fails the test. */
async function opened(report: Report, options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
  const file = join(folder, `${files++}.html`);
  writeFileSync(file, htmlOf(report));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("dialog", (dialog) => void dialog.dismiss().then(() => wrong.push("a dialog")));
  const url = pathToFileURL(file).href;
  page.on("request", (request) => request.url() !== url && wrong.push(request.url()));
  await page.goto(url);
  return { page, wrong };
}

const part = (page: Page, id: string): Locator => page.locator(`section[aria-labelledby="${id}"]`);
const figures = (page: Page): Promise<string[]> => page.locator(".figures strong").allTextContents();
const expected = (filter: Partial<Filter>): string[] => {
  const { decided, waiting } = select(big, { ...EVERYTHING, ...filter });
  const of = (is: (one: Decided) => boolean): number => decided.filter(is).length;
  return [
    of(({ person }) => !person),
    of(({ person }) => !!person),
    of(({ outcome }) => outcome === "rejected"),
    waiting.length,
  ].map((value) => value.toLocaleString("en"));
};

it("says what was decided and what waits, and fetches nothing", async () => {
  const { page, wrong } = await opened(big);
  expect(await figures(page)).toEqual(expected({}));
  const { decided, waiting } = select(big, EVERYTHING);
  expect(await part(page, "decisions").locator("tbody tr").count()).toBe(50);
  const [newest] = await part(page, "decisions").locator("tbody tr").first().locator("td").allTextContents();
  expect(newest).toBe(decided[0]!.at.slice(0, 16).replace("T", " "));
  expect(await part(page, "waiting").locator("tbody tr td:last-child").allTextContents()).toEqual(
    waiting.slice(0, 10).map(({ id }) => id),
  );
  const rows = await part(page, "time")
    .locator("details tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        Array.from(row.querySelectorAll("td.number")).reduce((sum, cell) => sum + Number(cell.textContent), 0),
      ),
    );
  expect(rows.reduce((sum, of) => sum + of, 0)).toBe(decided.length);
  expect(await part(page, "time").locator("svg.columns > g:not(.grid)").count()).toBe(rows.length);
  expect(wrong).toEqual([]);
});

it("has the policies' texts at their digests, and says where they are not known", async () => {
  const { page } = await opened(big);
  const [known, unknown] = [part(page, "sets").locator("details").nth(0), part(page, "sets").locator("details").nth(1)];
  await known.locator("summary").press("Enter");
  expect(await known.locator("pre").textContent()).toBe(POLICY);
  expect(await known.locator("pre").isVisible()).toBe(true);
  await unknown.locator("summary").click();
  expect(await unknown.textContent()).toContain("sagemaker-data-access policy find bbbbbbbbbbbb");
});

it("filters by each field and by all of them, and shows everything again", async () => {
  const { page, wrong } = await opened(big);
  const project = big.decided[0]!.project.id;
  const id = big.decided[700]!.id;
  const filters: Partial<Filter>[] = [
    { from: "2026-02-01", to: "2026-03-15" },
    { outcome: "rejected" },
    { by: "person" },
    { project },
    { policy: "own-team" },
    { search: id },
    { from: "2026-03-01", outcome: "approved", by: "policy", project, policy: "public-data" },
    { search: "nothing has this name" },
  ];
  for (const filter of filters) {
    for (const [name, value] of Object.entries(filter)) {
      const field = page.locator(`[name="${name}"]`);
      await ((await field.evaluate((element) => element.tagName)) === "SELECT"
        ? field.selectOption(value)
        : field.fill(value));
    }
    expect(await figures(page)).toEqual(expected(filter));
    expect(await page.getByRole("status").textContent()).toMatch(/^Looking at [\d,]+ of/);
    await page.getByRole("button", { name: "Everything" }).click();
    expect(await figures(page)).toEqual(expected({}));
    expect(await page.getByRole("status").textContent()).toBe("");
  }
  await page.locator('[name="search"]').fill(id);
  expect(await part(page, "decisions").locator("tbody td:last-child").allTextContents()).toEqual([id]);
  expect(wrong).toEqual([]);
});

it("is worked by the keyboard alone", async () => {
  const { page } = await opened(big);
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent ?? "");
  const seen: string[] = [];
  for (let i = 0; i < 24 && seen.at(-1) !== "Everything"; i++) {
    await page.keyboard.press("Tab");
    seen.push(await focused());
  }
  expect([...new Set(seen)]).toEqual([
    "What to look at",
    "from",
    "to",
    "outcome",
    "by",
    "project",
    "policy",
    "search",
    "Everything",
  ]);
  await part(page, "policies").getByRole("button", { name: "public-data" }).focus();
  await page.keyboard.press("Enter");
  expect(await figures(page)).toEqual(expected({ policy: "public-data" }));
  await part(page, "decisions")
    .getByRole("button", { name: /^Show 50 more/ })
    .press("Enter");
  expect(await part(page, "decisions").locator("tbody tr").count()).toBe(100);
});

describe("whatever names there are", () => {
  const EVIL = [
    '</script><script>window.pwned = "script"</script>',
    "<img src=x onerror=\"window.pwned = 'image'\">",
    "<!-- <script>",
    "'\"><svg onload=\"window.pwned = 'svg'\">",
    "{{constructor.constructor('window.pwned = 1')()}} &lt;b&gt; \u202e",
  ];
  const asked = (text: string): Omit<Waiting, "since" | "why" | "policies" | "isFailed"> => ({
    ...{ id: text, domain: text, environment: text, requestedAt: "2026-03-01T12:00:00.000Z" },
    ...{
      project: { id: text, name: text },
      listing: { id: text, name: text },
      subscriber: { id: text, name: text },
      requester: { id: text, name: text },
    },
  });

  it.each(EVIL)("they are shown as they are written: %s", async (text) => {
    const at = "2026-03-02T12:00:00.000Z";
    const { page, wrong } = await opened({
      ...{ madeAt: at, sources: [text] },
      decided: [
        { ...asked(text), outcome: "approved", at, policies: [text], set: DIGESTS[0] },
        { ...asked(text), outcome: "rejected", at, policies: [], person: text },
      ],
      waiting: [{ ...asked(text), since: at, why: [text], policies: [text], isFailed: false }],
      sets: [{ digest: DIGESTS[0]!, texts: { [text]: text }, where: text }],
      notCounted: big.notCounted,
    });
    await page.locator('[name="project"]').selectOption(text);
    await part(page, "sets").locator("summary").click();
    for (const id of ["waiting", "policies", "projects", "people", "waits", "decisions", "sets"])
      expect(await part(page, id).textContent()).toContain(text);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(
      await page.locator("img, script:not(#report):not(body > script:last-of-type), [onload], [onerror]").count(),
    ).toBe(0);
    expect(wrong).toEqual([]);
  });
});

describe("is read", () => {
  const PLACES = [
    ["wide", { viewport: { width: 1280, height: 900 } }],
    ["on a phone", { viewport: { width: 390, height: 844 } }],
    ["on the narrowest screen", { viewport: { width: 320, height: 568 } }],
  ] as const;
  const long = "a-very-long-name-without-any-space-in-it-as-people-do-give-to-listings-".repeat(3);
  const wordy: Report = {
    ...big,
    decided: big.decided.map((one, i) => (i % 9 ? one : { ...one, listing: { id: "x", name: long }, person: long })),
  };

  it.each(PLACES)("%s, without scrolling to the side, and goes on with its first view", async (_, options) => {
    const { page } = await opened(wordy, options);
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content).toBeLessThanOrEqual(screen!);
    // The answer is on the first screen.
    expect((await page.locator(".summary p").boundingBox())!.y).toBeLessThan(options.viewport.height / 2);
  });

  const axe = readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  it.each(
    PLACES.flatMap(([place, options]) =>
      (["light", "dark"] as const).map((colorScheme) => [place, colorScheme, options] as const),
    ),
  )("%s and %s, with contrast and names as WCAG 2.2 AA asks", async (_, colorScheme, options) => {
    const { page } = await opened(big, { ...options, colorScheme });
    await page.locator("details").evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
    await page.evaluate(await axe);
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
      return violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]!.html]);
    });
    expect(found).toEqual([]);
  });

  it("light and dark, as the reader has it", async () => {
    const background = async (colorScheme: "light" | "dark"): Promise<string> =>
      (await opened(big, { colorScheme })).page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect([await background("light"), await background("dark")]).toEqual(["rgb(255, 255, 255)", "rgb(20, 23, 27)"]);
  });

  it("on paper: light, without fields and buttons, and says what is not printed", async () => {
    const { page } = await opened(big, { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    expect(
      await page
        .locator("form, button.more")
        .evaluateAll((all) => all.filter((one) => (one as HTMLElement).checkVisibility()).length),
    ).toBe(0);
    expect(await part(page, "decisions").locator(".paper").textContent()).toBe(
      `${(big.decided.length - 50).toLocaleString("en")} more are not printed: show them first.`,
    );
    expect((await page.pdf({ format: "A4" })).subarray(0, 4).toString()).toBe("%PDF");
  });

  it("with scripts forbidden, as far as it says what is missing", async () => {
    const { page } = await opened(big, { javaScriptEnabled: false });
    expect(await page.locator("main").textContent()).toContain("Let scripts run for this file");
  });
});
