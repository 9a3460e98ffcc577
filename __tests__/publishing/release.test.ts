import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DOCUMENTS, closeLinks, deadLinks } from "../../scripts/release/documents";
import { packModules, packPackage } from "../../scripts/release/pack";
import { TSC } from "../../scripts/tsc";
import { next, parse, section, withRelease } from "../../scripts/release/version";

const ROOT = path.resolve(__dirname, "../..");
const changes = (...messages: string[]) => messages.flatMap((message) => parse(message) ?? []);

describe("versions", () => {
  test.each([
    ["0.1.0", ["fix: a", "docs: b"], "0.1.1"],
    ["0.1.3", ["fix: a", "feat(modules): b"], "0.2.0"],
    ["0.1.3", ["feat!: a"], "0.2.0"],
    ["1.4.2", ["fix: a\n\nBREAKING CHANGE: b"], "2.0.0"],
    ["1.4.2", ["perf: a"], "1.4.3"],
    ["1.4.2", ["docs: a", "test: b", "no convention"], undefined],
  ])("%s and %j make %s", (version, messages, expected) => {
    expect(next(version, changes(...messages))).toBe(expected);
  });

  test("the changelog says what users notice, breaking changes first", () => {
    const all = changes("feat(modules): b", "fix!: a", "chore: c", "fix: d");
    expect(section("1.0.0", "2026-01-02", all)).toBe(
      "## 1.0.0 (2026-01-02)\n\n### Breaking\n\n- a\n\n### Added\n\n- **modules**: b\n\n### Fixed\n\n- d\n",
    );
  });
});

describe("CHANGELOG.md", () => {
  const notes = section("0.2.0", "2026-01-02", changes("feat: b", "fix: c"));

  test("a release opens with what people have written under Unreleased", () => {
    const before = "# Changelog\n\n## Unreleased\n\n- By hand\n\n## 0.1.0 (2026-01-01)\n\n### Added\n\n- a\n";
    expect(withRelease(before, notes)).toBe(
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-01-02)\n\n- By hand\n\n### Added\n\n- b\n\n### Fixed\n\n- c\n" +
        "\n## 0.1.0 (2026-01-01)\n\n### Added\n\n- a\n",
    );
  });

  test("where nothing is written, the commits speak alone", () => {
    expect(withRelease("# Changelog\n\n## Unreleased\n", notes)).toBe(`# Changelog\n\n## Unreleased\n\n${notes}`);
    expect(() => withRelease("# Changelog\n", notes)).toThrow('no heading "## Unreleased"');
  });
});

/** What docs/cdktf.md has an author write. */
const CDKTF = fs.readFileSync(path.join(ROOT, "docs/cdktf.md"), "utf8");

/** An empty CDKTF project that has the package installed, with the peers that it asks for. */
describe("the npm package in a project of its own", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "consumer-"));
  const installed = path.join(folder, "node_modules/sagemaker-data-access");
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const archive = packPackage("1.2.3", folder);
    fs.mkdirSync(installed, { recursive: true });
    execFileSync("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"]);
    // Without the network: the package is unpacked, the peers are those of this project (program.long.test.ts installs it).
    for (const peer of ["cdktf", "constructs", "@cdktf", "@types"]) {
      fs.symlinkSync(path.join(ROOT, "node_modules", peer), path.join(folder, "node_modules", peer));
    }
    const [main = "", ...more] = [...CDKTF.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
    fs.writeFileSync(path.join(folder, "main.ts"), main);
    fs.writeFileSync(path.join(folder, "more.ts"), main.replace("app.synth();", `${more.join("\n")}\napp.synth();`));
  }, 60_000);

  test("the main.ts of docs/cdktf.md, and all of that page, type-check, strictly, and synthesize", () => {
    const options = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "commonjs", "--types", "node"];
    execFileSync(process.execPath, [TSC, ...options, "main.ts", "more.ts"], {
      cwd: folder,
      stdio: "pipe",
    });
    const stack = path.join(folder, "cdktf.out/stacks/data-access");
    const synthesized = (file: string): Readonly<Record<"resource" | "output", Record<string, object>>> => {
      execFileSync(process.execPath, [file], { cwd: folder, stdio: "pipe" });
      return JSON.parse(fs.readFileSync(path.join(stack, "cdk.tf.json"), "utf8")) as ReturnType<typeof synthesized>;
    };
    const { resource, output } = synthesized("more.js");
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining(["aws_sagemaker_domain", "aws_s3control_access_grant"]),
    );
    expect(Object.keys(output)).toEqual(expect.arrayContaining(["membership_commands", "approver"]));
    const minimal = synthesized("main.js").resource;
    expect(Object.keys(minimal["aws_lambda_function"]!)).toEqual(["approval_approver_function"]);
    expect(minimal["aws_sagemaker_domain"]).toBeUndefined();
    const bundles = fs
      .readdirSync(stack, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".zip"));
    expect(bundles).toHaveLength(1);
  }, 60_000);

  test("holds the constructs, their types and bundles, the program, and nothing else", () => {
    const files = fs.readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /publishing|\.module\.|sandbox|__tests__|\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual(
      [],
    );
    expect(files).toEqual(
      expect.arrayContaining(["dist/functions/approver.zip", "dist/functions/dataset-loader.zip", "LICENSE"]),
    );
    const manifest = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as Record<
      string,
      object
    >;
    expect(manifest["version"]).toBe("1.2.3");
    expect(Object.keys(manifest["peerDependencies"]!)).toEqual(["@cdktf/provider-aws", "cdktf", "constructs"]);
    expect(manifest["bin"]).toEqual({ "sagemaker-data-access": "commands/program.js" });
    expect(Object.keys(manifest["dependencies"]!)).toEqual([
      "@aws-sdk/client-cloudtrail",
      "@aws-sdk/client-cloudwatch",
      "@aws-sdk/client-cloudwatch-logs",
      "@aws-sdk/client-datazone",
      "@aws-sdk/client-eventbridge",
      "@aws-sdk/client-iam",
      "@aws-sdk/client-lakeformation",
      "@aws-sdk/client-s3",
      "@aws-sdk/client-s3-control",
      "@aws-sdk/client-sagemaker",
      "@aws-sdk/client-sns",
      "@aws-sdk/client-sqs",
      "@aws-sdk/client-ssm",
      "@aws-sdk/client-sts",
      "@cedar-policy/cedar-wasm",
      "cli-table3",
      "commander",
      "z3-solver",
      "zod",
    ]);
    expect(manifest["private"]).toBeUndefined();
  });

  test("its documents lead to what ships, and what the program names of them ships", () => {
    expect(deadLinks(installed)).toEqual([]);
    const read = (file: string): string => fs.readFileSync(path.join(installed, file), "utf8");
    const program = fs
      .readdirSync(path.join(installed, "commands"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .map((file) => read(path.join("commands", file)).replace(/^\s*(\/\/|\/?\*).*$/gm, ""));
    const named = program.flatMap((text) => text.match(/\b(docs|examples)\/[\w/-]+\.\w+/g) ?? []);
    expect(named).toEqual(expect.arrayContaining(["docs/policies.md", "docs/verify.md", "examples/requests/ten.json"]));
    expect(
      [...new Set([...named, ...Object.keys(DOCUMENTS)])].filter((file) => !fs.existsSync(path.join(installed, file))),
    ).toEqual([]);
    expect(read("README.md")).toContain("(docs/cdktf.md)");
  });

  test("every construct has an entry point that loads", () => {
    const entries = fs.readdirSync(installed).filter((file) => file.endsWith(".js"));
    const modules = fs.readdirSync(path.join(ROOT, "modules"));
    expect(entries.sort()).toEqual([...modules, "hosting"].map((name) => `${name}.js`).sort());
    const load = entries.map((file) => `require("./${file}")`).join(";");
    execFileSync(process.execPath, ["-e", load], { cwd: installed, stdio: "pipe" });
  }, 30_000);
});

describe("documents of what ships", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "documents-"));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test("of the archive of modules: every link leads to something in it", () => {
    packModules("1.2.3", folder);
    const stage = path.join(folder, "registry");
    expect(fs.existsSync(path.join(stage, "SECURITY.md"))).toBe(true);
    expect(deadLinks(stage)).toEqual([]);
  });

  test("of each module, which is also had by itself: every link leads to another host", () => {
    const links = fs
      .readdirSync(path.join(ROOT, "modules"))
      .flatMap((name) => deadLinks(path.join(ROOT, "modules", name)));
    expect(links).toEqual([]);
  });

  test("what does not ship is named in the place of a link, and what does stays one", () => {
    const stage = path.join(folder, "some");
    fs.mkdirSync(path.join(stage, "docs"), { recursive: true });
    fs.writeFileSync(
      path.join(stage, "docs/a.md"),
      "[b](b.md#x-y) [gone](b.md#z) [how](../c.md#y) [docs/d.md](d.md) ![a picture](e.svg) [x](#z) [web](https://example.com)",
    );
    fs.writeFileSync(path.join(stage, "docs/b.md"), "# X, y");
    expect(deadLinks(stage)).toEqual([
      "docs/a.md: b.md#z",
      "docs/a.md: ../c.md#y",
      "docs/a.md: d.md",
      "docs/a.md: e.svg",
    ]);
    closeLinks(stage);
    expect(deadLinks(stage)).toEqual([]);
    expect(fs.readFileSync(path.join(stage, "docs/a.md"), "utf8")).toBe(
      "[b](b.md#x-y) gone (`docs/b.md` of the repository) how (`c.md` of the repository) `docs/d.md` of the repository a picture [x](#z) [web](https://example.com)",
    );
  });
});
