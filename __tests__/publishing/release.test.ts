import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packPackage } from "../../scripts/release/pack";
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
    fs.writeFileSync(path.join(folder, "main.ts"), PROJECT);
  }, 60_000);

  const PROJECT = `
import { App } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AddressedStack } from "sagemaker-data-access/hosting";
import { SubscriptionApproval } from "sagemaker-data-access/subscription-approval";

class Stack extends AddressedStack {}
const app = new App();
const stack = new Stack(app, "consumer");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
new SubscriptionApproval(stack, "approval", {
  name: "approval",
  environment: "dev",
  domain: { id: "dzd_example" },
  publishingProjects: { sales: { id: "project1" } },
  policies: { "read-access": '@id("read-access") permit (principal, action, resource);' },
  operators: { subscriptions: { me: { protocol: "email", endpoint: "me@example.com" } } },
});
app.synth();
`;

  test("type-checks, strictly, and synthesizes", () => {
    const options = [
      "--strict",
      "--skipLibCheck",
      "--target",
      "es2022",
      "--module",
      "commonjs",
      "--moduleResolution",
      "node",
      "--types",
      "node",
    ];
    execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), ...options, "main.ts"], {
      cwd: folder,
      stdio: "pipe",
    });
    execFileSync(process.execPath, ["main.js"], { cwd: folder, stdio: "pipe" });
    const stack = path.join(folder, "cdktf.out/stacks/consumer");
    const synthesized = JSON.parse(fs.readFileSync(path.join(stack, "cdk.tf.json"), "utf8")) as {
      resource: Record<string, object>;
    };
    expect(Object.keys(synthesized.resource["aws_lambda_function"]!)).toEqual(["approval_approver_function"]);
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

  test("every construct has an entry point that loads", () => {
    const entries = fs.readdirSync(installed).filter((file) => file.endsWith(".js"));
    expect(entries).toHaveLength(12);
    const load = entries.map((file) => `require("./${file}")`).join(";");
    execFileSync(process.execPath, ["-e", load], { cwd: installed, stdio: "pipe" });
  }, 30_000);
});
