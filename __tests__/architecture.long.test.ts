import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "..");
const ARCHITECTURE = fs.readFileSync(path.join(ROOT, "docs/architecture.md"), "utf8");

const UNTYPED = { "@typescript-eslint/no-floating-promises": "off", "@typescript-eslint/no-misused-promises": "off" };

/** What ESLint, with the project's own configuration, says of files that are not there, by their paths. */
function lint(files: Readonly<Record<string, string>>): Readonly<Record<string, string[]>> {
  const script = `
    const { ESLint } = require("eslint");
    // The rules that need types would want the files to be there.
    const untyped = { languageOptions: { parserOptions: { projectService: false } }, rules: ${JSON.stringify(UNTYPED)} };
    const found = async ([filePath, text]) => {
      const [{ messages }] = await new ESLint({ overrideConfig: untyped }).lintText(text, { filePath });
      return [filePath, messages.map(({ ruleId, message }) => ruleId + ": " + message)];
    };
    Promise.all(Object.entries(JSON.parse(process.argv[1])).map(found))
      .then((all) => console.log(JSON.stringify(Object.fromEntries(all))));`;
  const args = ["-e", script, JSON.stringify(files)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as Record<string, string[]>;
}

const importing = (...modules: string[]): string =>
  modules.map((module, i) => `import * as x${i} from "${module}"; export const y${i} = x${i};`).join("\n");

describe("Who may know whom", () => {
  test("every folder with code has a row in the table", () => {
    const section = ARCHITECTURE.split("### Who may know whom")[1]!.split("\n#")[0]!;
    const rows = [...section.matchAll(/^\| (`.*) \| .* \|$/gm)].flatMap(([, who]) => [...who!.matchAll(/`([^`]+)`/g)]);
    const named = new Set(rows.map(([, who]) => who!.replace("/*.ts", "")));
    const tracked = execFileSync("git", ["ls-files", "*.ts"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
    const folders = tracked.map((file) => {
      const [top, sub, ...rest] = file.split("/");
      return (top === "constructs" || top === "functions") && rest.length > 0 ? `${top}/${sub}` : top!;
    });
    expect([...new Set(folders)].filter((folder) => !named.has(folder))).toEqual([]);
  });

  const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
    "main.ts": ["./constructs/approver/approver", "./sandbox/index"],
    "environments/new.ts": ["../sandbox/index", "../commands/policy", "../functions/approver/decide"],
    "commands/new.ts": ["../constructs/approver/approver", "../sandbox/index"],
    "functions/approver/new.ts": [
      "../dataset-loader/load",
      "../../constructs/hosting",
      "../../environments/definition/index",
    ],
    "functions/dataset-loader/new.ts": ["../approver/decide", "../../sandbox/index"],
    "constructs/hosting/new.ts": [
      "../approver/approver",
      "../publishing/module",
      "../../environments/definition/index",
    ],
    "constructs/approver/new.ts": [
      "../publishing/module",
      "../event-rule/event-rule",
      "../../functions/approver/index",
    ],
    "constructs/studio-access/new.ts": ["../approver/approver", "../../sandbox/index", "../publishing/module"],
    "constructs/approver/new.module.ts": ["../../functions/approver/index", "../../scripts/modules"],
    "constructs/publishing/new.ts": ["../approver/approver", "../../scripts/modules"],
    "sandbox/new.ts": [
      "../constructs/hosting",
      "../functions/build",
      "../environments/definition/index",
      "../scripts/release",
    ],
    "scripts/new.ts": ["../constructs/approver/approver", "../sandbox/index"],
    "benchmarks/new.ts": ["../__tests__/support/hosts", "../environments/definition/index"],
  };

  test("what the table does not name is refused", () => {
    const found = lint(Object.fromEntries(Object.entries(FORBIDDEN).map(([file, to]) => [file, importing(...to)])));
    const refused = Object.entries(found).map(([file, messages]) => {
      return [file, messages.filter((message) => message.startsWith("import-x/no-restricted-paths")).length];
    });
    expect(Object.fromEntries(refused)).toEqual(
      Object.fromEntries(Object.entries(FORBIDDEN).map(([file, to]) => [file, to.length])),
    );
  }, 60_000);

  test("what it names is not", () => {
    const allowed = {
      "environments/new.ts": importing("../constructs/hosting", "../functions/approver/policies/files"),
      "constructs/studio-access/new.ts": importing("../hosting", "../access-grants/access-grants", "./studio-access"),
      "constructs/approver/new.module.ts": importing("../publishing/module", "./approver"),
    };
    expect(Object.values(lint(allowed)).flat()).toEqual([]);
  }, 60_000);
});

test("an import that closes a circle is refused, and so is one of a type that does not say so", () => {
  const found = lint({
    "sandbox/gateway/callers.ts": `import { authorizer } from "../authorization/authorizer"; export const x = authorizer;`,
    "sandbox/new.ts": `import { Call } from "./service"; export const id = (call: Call): string => call.id.toString();`,
    "constructs/approver/new.ts": `import { Fn, Token } from "cdktf"; export const x = [Fn, Token];`,
  });
  expect(found).toEqual({
    "sandbox/gateway/callers.ts": [expect.stringMatching(/^import-x\/no-cycle: /)],
    "sandbox/new.ts": [expect.stringMatching(/^@typescript-eslint\/consistent-type-imports: /)],
    "constructs/approver/new.ts": [
      expect.stringMatching(/^no-restricted-imports: .*only constructs\/hosting knows/),
      expect.stringMatching(/^no-restricted-imports: .*only constructs\/hosting knows/),
    ],
  });
}, 60_000);
