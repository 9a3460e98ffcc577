import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ran } from "./run";

const folder = mkdtempSync(join(tmpdir(), "wrong-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const EMPTY = file("empty.json", "");
const TORN = file("torn.json", '{ "secret": hunter2 }');
const OTHER = file("other.json", '{ "version": 4 }');
const INSIDE = join(folder, "inside");
mkdirSync(INSIDE);
const NOWHERE = join(folder, "nowhere");
const TEN = "examples/requests/ten.json";
const DOMAIN = "--domain dzd_4rgxv6ns8t3knp";

/** What a stranger mistakes, with the exit code, and what has to be said: the thing by its name, what is expected there, the fix. */
const MISTAKES: readonly (readonly [command: string, code: 1 | 2 | 3, says: RegExp])[] = [
  ["policy", 2, /check \[options\] <set\.\.\.>|A command is missing/],
  ["policy chek", 2, /Did you mean check\?/],
  ["policy check", 2, /missing required argument 'set'/],
  ["policy check approve-all", 2, /Which policy set is approve-all\? .* Did you mean policies\/approve-all\?/],
  ["policy check policies/prd", 2, /Did you mean policies\/prod\?/],
  ["policy check policies", 2, /is a folder of policy sets, not one: give .*policies\/prod/],
  ["policy check policies/prod/public-data.cedar", 2, /is one policy, and a set is .*: give policies\/prod/],
  [`policy check ${INSIDE}`, 1, /inside: the set has no policies/],
  [`policy check ${EMPTY}`, 1, /empty\.json is empty\. Expected is a plan or a state as JSON: terraform show/],
  [`policy check ${TORN}`, 1, /torn\.json is not JSON\. Expected is/],
  ["policy test", 2, /missing required argument 'requests\.json'/],
  [`policy test policies/dev ${TEN}`, 2, /policies\/dev is a folder\. Expected is a requests file: docs/],
  [`policy test ${NOWHERE} policies/dev`, 2, /nowhere is not there\. Expected is a requests file: docs/],
  [`policy test ${EMPTY} policies/dev`, 1, /empty\.json is empty\. Expected is a requests file/],
  [
    `policy test ${OTHER} policies/dev`,
    1,
    /requests: is missing, and must be a list\n.*: version is not known here; known here: requests/,
  ],
  [`policy prove policies/dev --properties ${NOWHERE}`, 2, /--properties <folder>.*There is no such folder/],
  [`policy prove policies/dev --timeout soon`, 2, /It is not a number of seconds/],
  ["policy diff policies/dev", 2, /missing required argument 'new'/],
  ["policy diff policies/dev policies/prodd", 2, /Did you mean policies\/prod\?/],
  ["policy replay policies/dev", 2, /'--domain <id>' not specified/],
  [`policy replay policies/dev ${DOMAIN} --export ${NOWHERE}/x.json`, 2, /There is no folder .*nowhere: make it first/],
  ["policy find latest", 2, /neither a decision comment, .*, nor 12 to 64 characters of a digest/],
  [`policy find 0123456789ab --git ${NOWHERE}`, 2, /There is no such folder/],
  [`policy find 0123456789ab --no-git --log ${NOWHERE}`, 2, /There is no log .*nowhere/],
  ["access matrix sandbx", 2, /What is sandbx\? .* Did you mean sandbox\?/],
  [`access matrix ${INSIDE}`, 2, /inside is a folder, and no environment/],
  [`access matrix ${OTHER}`, 1, /other\.json is neither a plan nor a state\. Expected is/],
  [`access matrix sandbox --svg ${INSIDE}`, 2, /It is a folder: give a file/],
  [
    "access who product-data/x sandbox",
    2,
    /product-data\/x is no place in S3: .* Did you mean s3:\/\/product-data\/x\?/,
  ],
  ["access who s3://prodct-data/x sandbox", 2, /Did you mean product-data\?/],
  ["access what usera sandbox", 2, /Who is usera\? Known to .* are: userA, userB\. Did you mean userA\?/],
  [`access drift ${NOWHERE}`, 2, /nowhere is not there\. Expected is a plan or a state/],
  [`access drift ${INSIDE}`, 2, /inside is a folder\. Expected is a plan or a state/],
  [`access drift ${TORN}`, 3, /Not found out: .*torn\.json is not JSON/],
  ["report", 2, /A report of what\? Give --log, --log-group or --domain/],
  [`report --log ${NOWHERE}`, 2, /There is no log .*nowhere/],
  [`report --log ${EMPTY} --out ${NOWHERE}/report.html`, 2, /There is no folder .*nowhere: make it first/],
  ["verify", 2, /missing required argument 'deployment'/],
  [
    `verify ${NOWHERE}`,
    2,
    /nowhere is not there\. Expected is the folder where Terraform runs .*, or a file: terraform show/,
  ],
  [`verify ${EMPTY}`, 1, /empty\.json is empty\. Expected is/],
  [`verify ${OTHER}`, 1, /other\.json is neither a plan nor a state/],
  [`verify ${NOWHERE} --only alrm`, 2, /There is no check alrm: --help lists them\. Did you mean alarm\?/],
  ["asset approval", 2, /<show\|on\|off>|'--domain <id>' not specified/],
  [`asset approval maybe ${DOMAIN} --asset a`, 2, /'maybe' is invalid .* show, on, off/],
  ["asset approval show --domain prod --asset a", 2, /It is not the id of a DataZone domain: dzd_…/],
];

/** What only whoever wrote the program understands, and what a file held. */
const RAW = /\bE[A-Z]{4,}\b|\bat .*\.[jt]s:\d+|Invalid input|undefined|\[object|hunter2/;

describe.each(MISTAKES)("%s", (line, expected, says) => {
  const args = line.split(" ");

  it(`is answered with exit code ${expected}, in words, and nothing among the results`, async () => {
    const { code, out, err } = await ran(args);
    expect(err).toMatch(says);
    expect(err).not.toMatch(RAW);
    expect({ code, out }).toEqual({ code: expected, out: [] });
  });

  it("is JSON where JSON was asked for", async () => {
    const { code, out, error } = await ran([...args, "--json"]);
    expect(code).toBe(expected);
    if (args[1] === "check" && args[2])
      expect(JSON.parse(out.join("\n"))).toMatchObject([{ error: expect.any(String) }]);
    else expect(JSON.parse(out.join("\n"))).toEqual({ error });
    expect(error).not.toMatch(RAW);
  });
});
