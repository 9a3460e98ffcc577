import { failures } from "./steps/failures";
import { leaving, removal } from "./steps/leaving";
import { ordinary } from "./steps/ordinary";
import { state } from "./steps/state";
import { upgrade } from "./steps/upgrade";
import { Year } from "./year";

// A year of a deployment: each change is planned, exactly what the step says changes, and nobody loses anything.

// A change waits for AWS as the provider does: up to some minutes.
jest.setTimeout(900_000);

let year: Year;
beforeAll(async () => {
  year = await Year.begin();
});
afterAll(async () => {
  process.stdout.write(`\n${year?.told() ?? "the year did not begin"}\n`);
  await year?.close();
});

const theYear = (): Year => year;
describe("upgrade", () => upgrade(theYear));
describe("ordinary changes", () => ordinary(theYear));
describe("what goes wrong half-way", () => failures(theYear));
describe("people who leave", () => leaving(theYear));
describe("what Terraform has to be told", () => state(theYear));
describe("the end", () => removal(theYear));
