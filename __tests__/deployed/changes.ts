import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Deployed, People } from "./context";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Configuration {
  readonly resource: Readonly<Record<string, Record<string, { [attribute: string]: unknown }>>>;
}

/**
 * What becomes of a change of the deployed configuration. Changed is the synthesized Terraform itself: the same change in
 * policies/ would be refused at synth already, and users of the modules have no synth.
 */
export function changes(deployed: () => Deployed): void {
  const file = (): string => path.join(deployed().deployment.stackDirectory, "cdk.tf.json");
  let original: string;

  beforeAll(() => (original = fs.readFileSync(file(), "utf8")));
  afterEach(() => fs.writeFileSync(file(), original));

  const edit = (change: (configuration: Configuration) => void): void => {
    const configuration = JSON.parse(original) as Configuration;
    change(configuration);
    fs.writeFileSync(file(), JSON.stringify(configuration));
  };
  const apply = (): Promise<{ code: number; output: string }> =>
    deployed().deployment.terraform("apply", "-auto-approve", "-input=false", "-no-color", "-refresh=false");

  test("a persona's permission is one grant, and nothing else changes", async () => {
    const grant = "data_access_access_persona_userB_grant_product";
    edit(({ resource }) => {
      expect(resource["aws_s3control_access_grant"]![grant]!["permission"]).toBe("READWRITE");
      resource["aws_s3control_access_grant"]![grant]!["permission"] = "READ";
    });
    expect(await deployed().deployment.pendingChanges()).toEqual({
      [`aws_s3control_access_grant.${grant}`]: "replaced",
    });
  });

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

    fs.writeFileSync(file(), original);
    const repaired = await apply();
    expect(repaired.output).toMatch(/Apply complete!/);
    expect(await deployed().deployment.pendingChanges()).toEqual({});
  });
}
