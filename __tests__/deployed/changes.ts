import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Deployed, People } from "./context";
import { STUDIO } from "./modules";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

type Blocks = Readonly<Record<string, Record<string, { [attribute: string]: unknown }>>>;
interface Configuration {
  readonly data: Blocks;
  readonly resource: Blocks;
}

const ignoresTags = ({ lifecycle }: { readonly [attribute: string]: unknown }): boolean =>
  (lifecycle as { ignore_changes?: string[] } | undefined)?.ignore_changes?.includes("tags") ?? false;

/** A file of what is deployed, as it was again after each test. */
function fileOf(
  deployed: () => Deployed,
  name: string,
): { edit(change: (text: string) => string): void; restore(): void } {
  const file = (): string => path.join(deployed().deployment.stackDirectory, name);
  let original: string;

  beforeAll(() => (original = fs.readFileSync(file(), "utf8")));
  const restore = (): void => fs.writeFileSync(file(), original);
  afterEach(restore);
  return { edit: (change) => fs.writeFileSync(file(), change(original)), restore };
}

/**
 * The environment's configuration. Changed is the synthesized Terraform itself: the same change in policies/ would be refused at synth
 * already, and users of the modules have no synth.
 */
function configurationOf(deployed: () => Deployed): {
  readonly edit: (change: (configuration: Configuration) => void) => void;
  readonly restore: () => void;
} {
  const file = fileOf(deployed, "cdk.tf.json");
  const edit = (change: (configuration: Configuration) => void): void =>
    file.edit((text) => {
      const configuration = JSON.parse(text) as Configuration;
      change(configuration);
      return JSON.stringify(configuration);
    });
  return { edit, restore: file.restore };
}

/** The year in short (daytwo/year.long.test.ts has it in full), in one plan. */
export function yearInShort(deployed: () => Deployed): void {
  const { edit } = configurationOf(deployed);
  const calls = fileOf(deployed, `examples/${STUDIO}/main.tf`);

  test("a tag, a zone, a longer retention, and an account that is read late make nothing anew: of all only the grant that changed, in either host", async () => {
    const grant = "data_access_access_persona_userB_grant_product";
    const tagged: string[] = [];
    edit(({ data, resource }) => {
      expect(resource["aws_s3control_access_grant"]![grant]!["permission"]).toBe("READWRITE");
      resource["aws_s3control_access_grant"]![grant]!["permission"] = "READ";
      for (const [type, blocks] of Object.entries(resource))
        for (const [name, block] of Object.entries(blocks)) {
          block["tags"] &&= { ...(block["tags"] as object), month: "february" };
          block["retention_in_days"] &&= 731;
          if (block["tags"] && !ignoresTags(block)) tagged.push(`${type}.${name}`);
        }
      const { data_access_studio_domain: domain } = resource["aws_sagemaker_domain"]!;
      (domain!["subnet_ids"] as string[]).push("${aws_subnet.data_access_network_public_subnet_us_east_1a.id}");
      // As by the depends_on of a module's call.
      data["aws_caller_identity"]!["current"]!["depends_on"] = [
        "aws_subnet.data_access_network_public_subnet_us_east_1a",
      ];
    });
    calls.edit((text) => {
      expect(text).toContain('sub_prefix = "Product/*", permission = "READ" }');
      return text.replace('permission = "READ" }', 'permission = "WRITE" }');
    });
    const changes = await deployed().deployment.pendingChanges();
    const others = Object.entries(changes).filter(([, action]) => action !== "updated" && action !== "read");
    const called = `module.${STUDIO}.module.studio_access.module.access.module.persona["userB"]`;
    expect(Object.fromEntries(others)).toEqual({
      [`aws_s3control_access_grant.${grant}`]: "replaced",
      [`${called}.aws_s3control_access_grant.grant["product"]`]: "replaced",
    });
    expect(Object.keys(changes)).toEqual(expect.arrayContaining(tagged));
  });
}

/** Policies that the approver's own check refuses, at an apply. */
export function brokenPolicies(deployed: () => Deployed): void {
  const { edit, restore } = configurationOf(deployed);
  const apply = (): Promise<{ code: number; output: string }> =>
    deployed().deployment.terraform("apply", "-auto-approve", "-input=false", "-no-color", "-refresh=false");

  test("a policy set that does not type-check fails the apply with policy, line and reason, and the old set stays live", async () => {
    const parameters = "aws_ssm_parameter";
    const wrong = '@id("public-data")\npermit (principal, action, resource)\nwhen { resource.sensitivity == "low" };\n';
    edit((configuration) => {
      const policies = Object.values(configuration.resource[parameters]!).filter((p) =>
        String(p["name"]).includes("/policies/"),
      );
      const idOf = (policy: { name?: unknown }): string => String(policy.name).split("/").pop()!;
      const before = String(policies[0]!["name"]).split("/")[4]!;
      for (const policy of policies) if (idOf(policy) === "public-data") policy["insecure_value"] = wrong;
      const lines = policies.map((policy) => `${idOf(policy)}:${sha256(String(policy["insecure_value"]))}`).sort();
      const changed = JSON.stringify(configuration).replaceAll(before, sha256(lines.join("\n")));
      Object.assign(configuration, JSON.parse(changed));
    });
    const failed = await apply();
    expect(failed.code).not.toBe(0);
    expect(failed.output).toMatch(/public-data:3:\d+: .*sensitivity/);

    const people = await People.of(deployed());
    const identifier = await people.request("store_locations");
    expect((await people.decided(identifier)).status).toBe("ACCEPTED");

    restore();
    const repaired = await apply();
    expect(repaired.output).toMatch(/Apply complete!/);
    expect(await deployed().deployment.pendingChanges()).toEqual({});
  });
}
