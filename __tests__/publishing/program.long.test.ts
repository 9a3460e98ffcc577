import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { logLines } from "../../benchmarks/report-records";
import { pageScript } from "../../commands/report/html";
import { packPackage } from "../../scripts/release/pack";
import { OfflineTerraform, succeed } from "../support/terraform";

const ROOT = path.resolve(__dirname, "../..");

/** An empty folder with the packed archive, installed as anybody would, and a plan of the HCL modules beside it. */
describe("the packed program in an empty folder", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "program-"));
  const program = path.join(folder, "node_modules/.bin/sagemaker-data-access");
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  let terraform: OfflineTerraform;
  afterAll(() => {
    terraform.close();
    fs.rmSync(folder, { recursive: true });
  });

  beforeAll(async () => {
    const packed = fs.mkdtempSync(path.join(folder, "packed-"));
    execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", packPackage("1.2.3", packed)], {
      cwd: folder,
      stdio: "pipe",
    });
    fs.cpSync(path.join(ROOT, "examples/requests/ten.json"), path.join(folder, "ten.json"));
    terraform = await OfflineTerraform.open();
    const policies = path.join(ROOT, "policies/prod");
    terraform.write("root/main.tf.json", {
      ...terraform.root,
      module: {
        sales: {
          source: path.join(ROOT, "modules/approver"),
          name: "sales-approval",
          environment: "prod",
          domain: { id: "dzd_4rgxv6ns8t3knp" },
          publishing_projects: { sales: { id: "5yw1mwl0k9d3sh" } },
          topic: { arn: "arn:aws:sns:eu-central-1:111122223333:decisions" },
          operators: { arn: "arn:aws:sns:eu-central-1:111122223333:operators" },
          policies: `\${{ for file in fileset("${policies}", "*.cedar") : trimsuffix(file, ".cedar") => file("${policies}/\${file}") }}`,
        },
      },
    });
    await terraform.plan("root");
    const shown = await succeed(path.join(terraform.folder, "root"), "show", "-json", "plan");
    fs.writeFileSync(path.join(folder, "plan.json"), shown);
  }, 240_000);

  test("brings nothing of what only the constructs need", () => {
    expect(fs.existsSync(path.join(folder, "node_modules/cdktf"))).toBe(false);
    expect(fs.existsSync(path.join(folder, "node_modules/@cdktf"))).toBe(false);
  });

  test.each([
    [["--help"], 0, /policy +what approval policies would do/],
    [["policy", "check", "plan.json"], 0, /^plan\.json: 3 policies, valid, digest [0-9a-f]{64}$/m],
    [["policy", "test", "ten.json", "plan.json", "--environment", "prod"], 0, /^10 as expected, 0 not$/m],
    [["policy", "test", "ten.json", "plan.json"], 2, /does not say yet what the environment is: give --environment/],
    [
      ["policy", "prove", "plan.json", "--never", "principal is DataZone::User"],
      0,
      /^1 proven, 0 not so, 0 not proven$/m,
    ],
    [["policy", "prove", "plan.json", "--never", "principal is DataZone::Project"], 1, /approved by public-data/],
    [["policy", "prove", "node_modules/sagemaker-data-access/policies/prod"], 0, /^8 proven, 0 not so, 0 not proven$/m],
    [
      ["policy", "diff", "plan.json", "node_modules/sagemaker-data-access/policies/prod"],
      0,
      /newly waiting: nothing, proven/,
    ],
    [
      ["policy", "diff", "plan.json", "node_modules/sagemaker-data-access/policies/dev"],
      1,
      /newly approved, for example/,
    ],
    [["policy", "check", "plan.json#nowhere"], 2, /there is module\.sales/],
    [["asset", "approval", "show", "--domain", "sales", "--asset", "a"], 2, /not the id of a DataZone domain/],
  ])(
    "%j",
    (args, code, says) => {
      const { status, stdout, stderr } = run(...args);
      expect({ status, said: stdout + stderr }).toEqual({ status: code, said: expect.stringMatching(says) });
      // Nobody asked for colours: there is no terminal.
      expect(stdout + stderr).not.toContain("\u001b");
    },
    60_000,
  );

  test("writes a report with the page's script in it, and needs nothing to bundle it with", () => {
    fs.writeFileSync(path.join(folder, "log.jsonl"), logLines(100, ["a".repeat(64)]).join("\n"));
    const { status, stdout, stderr } = run("report", "--log", "log.jsonl");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^report\.html: \d\d decisions, \d+ waiting$/m);
    expect(fs.readFileSync(path.join(folder, "report.html"), "utf8")).toContain(`<script>${pageScript()}</script>`);
    expect(fs.existsSync(path.join(folder, "node_modules/esbuild"))).toBe(false);
  });
});
