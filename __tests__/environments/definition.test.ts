import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type ts from "typescript";
import { environment as command } from "../../commands/environment";
import { exitCodeOf } from "../../commands/program/exit";
import { environmentFile, environmentNames, examplesLeft, putEnvironments } from "../../environments/definition";
import { inFolder, problemsOf } from "./files";
import { environment } from "./synthesize";

jest.setTimeout(60_000);

/** Stands in for every set, where it is given. */
let mockSet: string | undefined;
jest.mock("../../functions/approver/policies/files", () => {
  const files: object & { loadPolicySet(folder: string): unknown } = jest.requireActual(
    "../../functions/approver/policies/files",
  );
  return { ...files, loadPolicySet: (folder: string) => files.loadPolicySet(mockSet ?? folder) };
});

/** TypeScript reads what the environments do not change, its own library and the constructs', once for all tests. */
jest.mock("typescript", () => {
  const actual: typeof ts = jest.requireActual("typescript");
  const read = new Map<string, ts.SourceFile | undefined>();
  const createProgram = (files: readonly string[], options: ts.CompilerOptions): ts.Program => {
    const host = actual.createCompilerHost(options);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (file, ...args) => {
      if (!file.includes("/node_modules/") && !file.includes("/constructs/")) return getSourceFile(file, ...args);
      if (!read.has(file)) read.set(file, getSourceFile(file, ...args));
      return read.get(file);
    };
    return actual.createProgram(files, options, host);
  };
  return { ...actual, createProgram };
});

const ROOT = path.join(__dirname, "../..");
const dev = fs.readFileSync(path.join(ROOT, "environments/dev.ts"), "utf8");
/** What is said, without the folder that the files are in. */
const said = (lines: readonly string[] | undefined): string[] =>
  (lines ?? []).map((line) => line.replace(/^\S*\//, ""));

describe("environments are found, and each stands for itself", () => {
  test("every file is one, and nothing else", async () =>
    await inFolder({ dev, staging: dev, "shared/tags": "export {};", "dev.test": "" }, (folder) =>
      expect(environmentNames(folder)).toEqual(["dev", "staging"]),
    ));

  test("a name that is none, with those that there are", () =>
    expect(() => environmentFile("staging")).toThrow(
      'There is no environment "staging": there are dev, prod, sandbox. `npm run environment -- new staging` makes one.',
    ));

  test("what is wrong with one leaves the others' stacks", async () =>
    await inFolder({ dev, misspelt: dev.replace("tags", "tag"), torn: dev.slice(0, 400) }, (folder, app) => {
      const problems = putEnvironments(app, ["dev", "misspelt", "torn"], folder);
      expect([...problems.keys()]).toEqual(["misspelt", "torn"]);
      expect(app.node.children.map(({ node }) => node.id)).toEqual(["dev"]);
    }));

  test("everything that is wrong with one is said at once, in the order of its lines", async () => {
    const wrong = dev
      .replace("eu-central-1", "Frankfurt")
      .replace("everyMinutes: 60", 'everyMinutes: "60"')
      .replace('"10.20.1.0/24"', '"10.21.1.0/24"')
      .replace("userB: {", "usera: {");
    expect(said((await problemsOf({ dev: wrong })).get("dev"))).toEqual([
      expect.stringMatching(/^dev\.ts:5:3: region: must be a Region/),
      expect.stringMatching(/^dev\.ts:\d+:14: subscriptionApproval\.sweep\.everyMinutes: must be a number, not "60"/),
      expect.stringMatching(
        /^dev\.ts:\d+:27: studioAccess\.network\.create\.privateSubnets\.eu-central-1a: must be inside/,
      ),
      expect.stringMatching(/^dev\.ts:\d+:7: studioAccess\.personas\.usera: must differ from userA/),
    ]);
  });
});

describe("files that cannot be read", () => {
  test("a syntax error is a line", async () =>
    expect(said((await problemsOf({ dev: dev.replace('"eu-central-1",', '"eu-central-1";') })).get("dev"))).toEqual([
      "dev.ts:5:25: ',' expected.",
    ]));

  test("a name that is not there is a line", async () =>
    expect(said((await problemsOf({ dev: dev.replace('"eu-central-1"', "regoin") })).get("dev"))).toEqual([
      expect.stringMatching(/^dev\.ts:5:11: region: Cannot find name 'regoin'/),
    ]));

  test("what they import is checked too, and said of those that import it", async () => {
    const shared = 'export const tags = { team: "a", team: "b" };';
    const texts = { dev: `import { tags } from "./shared/tags";\n${dev.replace(/tags: .*/, "tags,")}`, other: dev };
    const problems = await problemsOf({ ...texts, "shared/tags": shared }, ["dev", "other"]);
    expect([...problems.keys()]).toEqual(["dev"]);
    expect(said(problems.get("dev"))).toEqual([expect.stringMatching(/^tags\.ts:1:34: team: is given twice/)]);
  });

  test("one that fails when it is run", async () =>
    expect(said((await problemsOf({ dev: `${dev}\nthrow new Error("no VPN");` })).get("dev"))).toEqual([
      "dev.ts: fails: no VPN",
    ]));

  test("one that exports nothing", async () =>
    expect(said((await problemsOf({ dev: "export {};" })).get("dev"))).toEqual([
      "dev.ts: must export an environment by default; end the file with: export default { … } satisfies EnvironmentFile;",
    ]));

  test("one whose last line is forgotten: that is said before what TypeScript makes of it", async () =>
    expect(said((await problemsOf({ dev: dev.replace(/export default.*/, "") })).get("dev"))).toEqual([
      "dev.ts: must export an environment by default; end the file with: export default dev;",
      expect.stringContaining("'dev' is declared but its value is never read"),
    ]));

  test("one without a type is checked all the same", async () => {
    const untyped = dev
      .replace(/import type.*/, "")
      .replace("dev: EnvironmentFile", "dev")
      .replace("tags", "tag");
    expect(said((await problemsOf({ dev: untyped })).get("dev"))).toEqual([
      expect.stringMatching(/tag: is not a known prop/),
    ]);
  });

  test("one with a name that policies cannot know it by", async () =>
    expect(said((await problemsOf({ "my dev": dev })).get("my dev"))).toEqual([
      expect.stringMatching(/^my dev\.ts: must have a file name of 1 to 64 letters/),
    ]));
});

test("a policy that does not type-check: file, line, column and reason, beside the environment's", async () => {
  mockSet = path.relative(process.cwd(), path.join(__dirname, "wrong-policies"));
  try {
    expect(() => environment("dev")).toThrow(
      /subscriptionApproval\.policies: \S*wrong-policies\/misspelt\.cedar:\d+:\d+: .*sensitivity/,
    );
  } finally {
    mockSet = undefined;
  }
});

describe("npm run environment", () => {
  const run = async (folder: string, ...args: string[]): Promise<string> => {
    const lines: string[] = [];
    await command(args, (line) => lines.push(line), folder);
    return lines.join("\n");
  };

  test("new writes one that is right but for its values, and lists it", async () => {
    const written = await inFolder({ dev }, async (folder) => {
      const printed = await run(folder, "new", "staging");
      expect(printed).toMatch(/^Written: \S*staging\.ts\.[^]*\nEnvironments: dev, staging$/);
      await expect(run(folder, "new", "staging")).rejects.toThrow("exists already: nothing was written");
      return fs.readFileSync(path.join(folder, "staging.ts"), "utf8");
    });
    expect(await problemsOf({ staging: written.replace(/from ".*"/, 'from "./definition"') })).toEqual(new Map());
    // A comment for every prop that is to be filled in.
    expect(written.match(/^ *\/\/ /gm)!.length).toBeGreaterThan(15);
    expect(written).not.toMatch(/NAME/);
  });

  test("check says which example values are left in one that is valid, each with its line", async () => {
    const printed = await inFolder({}, async (folder) => {
      await run(folder, "new", "staging");
      return said((await run(folder, "check", "staging")).split("\n"));
    });
    const left = printed.flatMap((line) => /staging\.ts:\d+:\d+: (\S+): is still the example "/.exec(line)?.[1] ?? []);
    expect(left).toEqual([
      "account",
      "backend.s3.bucket",
      "subscriptionApproval.domain.id",
      "subscriptionApproval.publishingProjects.sales.id",
      "subscriptionApproval.notifications.subscriptions.data_owners.endpoint",
      "subscriptionApproval.operators.subscriptions.platform_team.endpoint",
    ]);
    const template = fs.readFileSync(path.join(ROOT, "environments/definition/template.ts"), "utf8");
    expect(template.replace(/^\s*\/\/.*$/gm, "").match(/"[^"\n]*(example|1{12})[^"\n]*"/g)).toHaveLength(left.length);
    expect(printed.at(-1)).toMatch(/^Nothing is wrong with staging, but 6 example values are left/);
  });

  test("the sandbox has example values alone, and is not warned of", () => expect(examplesLeft("sandbox")).toEqual([]));

  test.each([
    [[], "Say what to do: list, new <name>, or check."],
    [["nw", "staging"], "nw is none. Did you mean new? Say what to do"],
    [["new"], "A new environment needs one name: npm run environment -- new staging"],
    [["check", "dve"], "There is no environment dve: there are dev. Did you mean dev? To make it: npm run environment"],
    [["new", "Staging"], "Staging: must be 1 to 20 lower-case letters"],
    [["list", "--all"], "Unknown option '--all'"],
    [["list", "dev"], "list takes no names: dev"],
  ])("%j is not understood: exit code 2", async (args, says) => {
    const refused: unknown = await inFolder({ dev }, (folder) => run(folder, ...args).catch((error: unknown) => error));
    expect((refused as Error).message).toContain(says);
    expect(exitCodeOf(refused)).toBe(2);
  });

  test.each(["Staging", "my staging", "../staging", "", "a".repeat(21)])("new refuses the name %p", async (name) => {
    await expect(inFolder({ dev }, async (folder) => await run(folder, "new", name))).rejects.toThrow(
      "must be 1 to 20",
    );
  });
});

test("main.ts says what is wrong, without a stack trace, and fails", async () => {
  let failure: { status?: number; stderr?: string } = {};
  try {
    execFileSync(path.join(ROOT, "node_modules/.bin/tsx"), ["main.ts"], {
      cwd: ROOT,
      env: { ...process.env, ENVIRONMENT: "staging" },
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    failure = error as typeof failure;
  }
  expect(failure.status).toBe(1);
  expect(failure.stderr).toContain('There is no environment "staging"');
  expect(failure.stderr).not.toContain("    at ");
});
