import { type Belongings, expectAllThere, look, moveIn, type Places, placesIn } from "./belongings";
import { type Changes, YearlyDeployment } from "./deployment";
import { type Entry, table } from "./ledger";
import type { Settings } from "./settings";

/** The whole set of what a plan changes: actions by address, or what holds of them where it is too large to be read. */
export type Expected = Changes | ((changes: Changes) => void);

/** A deployment with things of people's in it, what becomes of them, and a ledger of the changes. */
export class Year {
  private readonly entries: Entry[] = [];

  private constructor(
    readonly deployment: YearlyDeployment,
    readonly places: Places,
    private readonly before: Belongings,
  ) {}

  /** Deploys the environment and the modules of the baseline for upgrades, and moves in. */
  static async begin(): Promise<Year> {
    const deployment = await YearlyDeployment.open();
    try {
      await deployment.become("the baseline's");
      await deployment.plan();
      await deployment.apply();
      const places = placesIn(await deployment.resources());
      return new Year(deployment, places, await moveIn(deployment.sandbox.env, places));
    } catch (error) {
      await deployment.close();
      throw error;
    }
  }

  get settings(): Settings {
    return this.deployment.settings;
  }

  /**
   * Plans a change and applies it, then holds the plan against what was expected, and looks whether everybody still has what was theirs.
   * What the plan should not have had is told after the apply, so that the next change begins where this one ends. A
   * change that leaves something to do is seen in the next one's plan.
   *
   * @param refresh whether AWS is asked first what there is
   */
  async change(what: string, settings: Partial<Settings>, expected: Expected, { refresh = false } = {}): Promise<void> {
    const changes = await this.deployment.plan(settings, { refresh });
    await this.deployment.apply();
    this.entries.push({ change: what, changes });
    hold(changes, expected);
    await this.nothingIsLost();
  }

  /** Plans a change, and the apply stops for a reason; nothing is lost. */
  async stopped(what: string, settings: Partial<Settings>, reason: RegExp, expected: Expected): Promise<void> {
    const changes = await this.deployment.plan(settings);
    this.entries.push({ change: `${what}: stops`, changes });
    await expect(this.deployment.apply()).rejects.toThrow(reason);
    hold(changes, expected);
    await this.nothingIsLost();
  }

  /** Asks AWS what there is: nothing is left to change. */
  async isDone(): Promise<void> {
    expect(await this.deployment.plan({}, { refresh: true })).toEqual({});
  }

  async nothingIsLost(): Promise<void> {
    expectAllThere(await look(this.deployment.sandbox.env, this.places), this.before);
  }

  /** Notes what is not planned as a change: a destroy. */
  note(change: string, changes: Changes): void {
    this.entries.push({ change, changes });
  }

  /** What the year did, as people read it. */
  told(): string {
    return table(this.entries);
  }

  async close(): Promise<void> {
    await this.deployment.close();
  }
}

/** Holds a plan against what was expected of it. */
function hold(changes: Changes, expected: Expected): void {
  if (typeof expected === "function") expected(changes);
  else expect(changes).toEqual(expected);
}

/** Changes that all are of one kind. */
export const all = (action: string, ...addresses: readonly string[]): Changes =>
  Object.fromEntries(addresses.map((address) => [address, action]));
