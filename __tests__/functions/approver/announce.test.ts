import fc from "fast-check";
import { type Announcement, subjectOf, textOf } from "../../../functions/approver/announce";
import { isToBeTold } from "../../../functions/approver/reminder";

const announcement = (change: Partial<Announcement> = {}) =>
  ({
    decision: "approved",
    approver: "sales",
    environment: "dev",
    domainId: "dzd_abc123",
    subscriptionRequestId: "request1",
    project: { id: "publisher1", name: "Sales team" },
    listing: { id: "listing1", name: "Orders" },
    subscriber: { type: "project", id: "subscriber1", name: "Analytics" },
    policies: ["all"],
    policySet: "0123456789abcdef",
    why: [],
    again: false,
    ...change,
  }) as Announcement;

describe("the subject", () => {
  it("says what happened", () => {
    expect(subjectOf(announcement())).toBe('Approved (dev): "Orders" for "Analytics"');
    expect(subjectOf(announcement({ decision: "waiting" }))).toBe(
      'Waiting for a person (dev): "Orders" for "Analytics"',
    );
    expect(subjectOf(announcement({ listing: undefined }))).toBe("Approved (dev): request request1");
  });

  it("spells accents without them", () => {
    expect(subjectOf(announcement({ listing: { id: "l", name: "Verkäufe\n2026 📈" } }))).toBe(
      'Approved (dev): "Verkaufe 2026 ?" for "Analytics"',
    );
  });

  it("is at most 100 printable ASCII characters on one line, whatever the names are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.string({ unit: "grapheme" }),
        (listing, subscriber) => {
          const subject = subjectOf(
            announcement({
              listing: { id: "l", name: listing },
              subscriber: { type: "user", id: "u", name: subscriber },
            }),
          );
          expect(subject).toMatch(/^[A-Z][\x20-\x7E]{0,99}$/);
        },
      ),
    );
  });
});

describe("the text", () => {
  it("of a decision says who decided what by which policy, and asks nothing of anybody", () => {
    const text = textOf(announcement({ comment: "[sales 0123456789ab] all: Good." }), "eu-central-1");
    expect(text).toContain(
      'Listing: "Orders" (listing1)\nSubscriber: project "Analytics" (subscriber1)\nPublishing project: "Sales team" (publisher1)',
    );
    expect(text).toContain("Deciding policies: all");
    expect(text).toContain("Sent by the approver sales, policy set 0123456789ab.");
    expect(text).not.toContain("aws datazone");
  });

  it("of one that waits says why and how a person decides it", () => {
    const text = textOf(
      announcement({ decision: "waiting", why: ["forbidden by pii"], policies: ["pii"], again: true }),
      "eu-central-1",
    );
    expect(text).toContain("Why: forbidden by pii");
    expect(text).toContain("(you may have received this before)");
    for (const verb of ["accept", "reject"]) {
      expect(text).toContain(
        `aws datazone ${verb}-subscription-request --region eu-central-1 --domain-identifier dzd_abc123 --identifier request1`,
      );
    }
  });

  it("keeps control characters out, which not every protocol can carry", () => {
    const text = textOf(
      announcement({ decision: "waiting", project: { id: "p", name: "a\u0000b\u001bc\ud800\r\nd" } }),
      "r",
    );
    expect(text).toContain('project "a b c d", Data');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.each([
    "https://evil.example/login",
    "evil.example",
    "www.evil.example",
    "mailto:a@evil.example",
    "a@evil.example",
    "evil\u3002example",
    "evil\uff0eexample",
    "ev\u200bil.ex\u00adample",
    "javascript:alert(1)",
    "\u202eelpmaxe.live",
  ])("quotes names, and makes no link of %j, in subject and text", (name) => {
    const hostile = announcement({
      decision: "waiting",
      listing: { id: "l", name },
      subscriber: { type: "project", id: "s", name },
      project: { id: "p", name },
      requester: { id: "u", name },
      why: [`GetProject failed with AccessDeniedException: ${name}`],
    });
    for (const text of [subjectOf(hostile), textOf(hostile, "r")]) {
      expect(text).toContain('"');
      expect(text).not.toMatch(
        /evil[.\u3002]example|elpmaxe[.]live|[/]{2}evil[.]|mailto:|javascript:|a@|:\/\/|\p{Cf}/u,
      );
    }
  });

  it("lets no name end its own quotes", () => {
    const text = textOf(announcement({ listing: { id: "l", name: 'x" (listing1)' } }), "r");
    expect(text).toContain('Listing: "x\' (listing1)" (l)');
  });

  it("keeps names from adding lines", () => {
    expect(textOf(announcement({ listing: { id: "l", name: "x\nComment: fine" } }), "r")).toContain(
      'Listing: "x Comment: fine" (l)',
    );
  });
});

describe("a reminder", () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const requested = new Date("2026-01-01T00:00:00Z");
  /** @param minimumAgeMinutes so high that nothing is found for the first time, unless a test says otherwise */
  const between = (from: number, to: number, minimumAgeMinutes = 1e6) =>
    isToBeTold(requested, {
      at: new Date(requested.getTime() + to),
      everyMinutes: (to - from) / MINUTE,
      minimumAgeMinutes,
    });

  it.each([
    ["1 hour", HOUR],
    ["1 day", DAY],
    ["3 days", 3 * DAY],
    ["7 days", 7 * DAY],
    ["14 days", 14 * DAY],
    ["a year of weeks", 52 * 7 * DAY],
  ])("is due once its age has passed %s", (_, age) => {
    expect(between(age - 10 * MINUTE, age + 5 * MINUTE)).toBe(true);
    expect(between(age - 15 * MINUTE, age)).toBe(true);
    expect(between(age, age + 15 * MINUTE)).toBe(false);
    expect(between(age - 15 * MINUTE, age - 1)).toBe(false);
  });

  it("is due exactly as often in one long window as in short ones side by side", () => {
    const thresholds = [HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 21 * DAY, 28 * DAY];
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 1440 }), (everyMinutes) => {
        const step = everyMinutes * MINUTE;
        let due = 0;
        for (let from = 0; from < 29 * DAY; from += step) if (between(from, from + step)) due += 1;
        const windows = new Set(thresholds.map((threshold) => Math.ceil(threshold / step)));
        expect(due).toBe(windows.size);
      }),
      { numRuns: 30 },
    );
  });

  it("is due to the first sweep that can find the request, and to no other, however often they come", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 0, max: 55 }),
        fc.integer({ min: 0, max: 59 }),
        (everyMinutes, minimumAge, offset) => {
          const step = everyMinutes * MINUTE;
          const told = [];
          for (let at = offset * MINUTE; at < HOUR; at += step) if (between(at - step, at, minimumAge)) told.push(at);
          const first = [];
          for (let at = offset * MINUTE; at < HOUR; at += step) if (at >= minimumAge * MINUTE) first.push(at);
          expect(told).toEqual(first.filter((at) => at - step < minimumAge * MINUTE));
        },
      ),
    );
  });

  it("is due where it is not known when the request was made", () => {
    expect(isToBeTold(undefined, { at: requested, everyMinutes: 15, minimumAgeMinutes: 15 })).toBe(true);
  });
});
