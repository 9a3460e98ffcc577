import { alive } from "../../scripts/progress";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("what takes minutes is heard of at least every half minute, and not any more once it has ended", async () => {
  const said: number[] = [];
  let end = (): void => undefined;
  const work = alive(
    (seconds) => said.push(seconds),
    () => new Promise<void>((resolve) => (end = resolve)),
  );
  await jest.advanceTimersByTimeAsync(90_000);
  const gaps = said.map((second, i) => second - (said[i - 1] ?? 0));
  expect(Math.max(...gaps, 90 - said.at(-1)!)).toBeLessThanOrEqual(30);
  const before = said.length;
  end();
  await work;
  await jest.advanceTimersByTimeAsync(90_000);
  expect(said).toHaveLength(before);
});

test("hands over what the work answers, or its error", async () => {
  await expect(
    alive(
      () => undefined,
      () => Promise.resolve(1),
    ),
  ).resolves.toBe(1);
  await expect(
    alive(
      () => undefined,
      () => Promise.reject(new Error("no")),
    ),
  ).rejects.toThrow("no");
});
