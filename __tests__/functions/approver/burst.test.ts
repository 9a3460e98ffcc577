import { tally } from "./faults/matrix";
import { Simulation } from "./faults/simulation";

jest.setTimeout(60_000);

const BURST = 300;
/** DataZone's own: three acceptances a second. */
const QUOTA = BURST / 3;

it.each([
  [80, 1.1],
  [350, 1.1],
  [700, 1.3],
])(
  "a burst of 300 at %i ms a call takes at most %f of the quota's time, and no faster than it allows",
  async (latency, most) => {
    const burst = { name: "burst", latency: () => latency, sweepEvery: 0 };
    const options = { seed: 1, requests: BURST, hours: 1, within: 0 };
    const simulation = new Simulation(burst, options);
    await simulation.run();
    const share = simulation.lastDecision / 1000 / QUOTA;
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThanOrEqual(most);
    expect(await tally(burst, options)).toEqual({ lost: 0, twice: 0, wrong: 0, untrue: 0, untold: 0 });
  },
);
