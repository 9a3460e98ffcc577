import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ledger } from "../../commands/verify/ledger";

let folder: string;
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  ledger = Ledger.begin(join(folder, "ledger"), { account: "123456789012", region: "eu-west-1", domainId: "dzd_1" });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a ledger that was closed, as a signal does", () => {
  it("lets nothing more be made", async () => {
    await ledger.close();
    const make = jest.fn();
    await expect(ledger.making("queue", "q", make)).rejects.toThrow("The queue was not made: interrupted.");
    expect(make).not.toHaveBeenCalled();
    expect(ledger.entries()).toEqual([]);
  });

  it("first learns the id of what is being made", async () => {
    let made: (project: { id: string }) => void;
    const making = ledger.making("project", "p", () => new Promise<{ id: string }>((resolve) => (made = resolve)));
    let isClosed = false;
    const closing = ledger.close().then(() => (isClosed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    made!({ id: "p1" });
    await closing;
    expect(ledger.entries()).toEqual([{ kind: "project", name: "p", id: "p1" }]);
    await making;
  });

  it("does not wait for what could not be made", async () => {
    const making = ledger.making("rule", "r", () => Promise.reject(new Error("denied")));
    await expect(making).rejects.toThrow("denied");
    await ledger.close();
    expect(ledger.entries()).toEqual([{ kind: "rule", name: "r" }]);
  });
});
