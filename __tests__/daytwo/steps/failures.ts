import * as fs from "node:fs";
import * as path from "node:path";
import { documentedCommands } from "../documented";
import { grant } from "../settings";
import { all, type Year } from "../year";
import { LOADED_AGAIN } from "./ordinary";
import { grants, profile, role, told } from "./persona";

/** What goes wrong half-way, and what the next apply makes of it. */
export function failures(year: () => Year): void {
  describe("a reload of the data set that fails", () => {
    const data_set = "second.csv";

    test("stops the apply", async () => {
      await year().stopped("another data set, which is not there", { data_set }, /second\.csv/, {
        ...all(
          "update",
          "aws_iam_role_policy.data_access_data_loader_policy",
          "aws_lambda_function.data_access_data_loader",
          "module.studio.module.data[0].aws_iam_role_policy.loader_policy[0]",
          "module.studio.module.data[0].aws_lambda_function.loader[0]",
        ),
        ...LOADED_AGAIN,
      });
    });

    test("is planned again, though nothing else has changed, and made up for", async () => {
      const { deployment, settings, places } = year();
      const file = path.join(deployment.folder, data_set);
      fs.writeFileSync(file, "the second one\n");
      await deployment.aws("s3api", "put-object", "--bucket", settings.samples, "--key", data_set, "--body", file);
      await year().change("the same, now that it is there", {}, all("create", ...Object.keys(LOADED_AGAIN)));
      const loaded = path.join(deployment.folder, "loaded");
      const data = places.buckets.filter((bucket) => !bucket.includes("scratch"));
      expect(data).toHaveLength(2);
      for (const bucket of data) {
        await deployment.aws("s3api", "get-object", "--bucket", bucket, "--key", "Product/abalone.csv", loaded);
        expect(fs.readFileSync(loaded, "utf8")).toBe("the second one\n");
      }
    });
  });

  describe("an apply that AWS throttles half-way", () => {
    const patience = "throttled_override.tf.json";
    const userD = { grants: { product: grant("Product/*", "READ") } };
    beforeAll(() => year().deployment.write(patience, JSON.stringify({ provider: { aws: { max_retries: 2 } } })));
    afterAll(() => year().deployment.write(patience, undefined));

    test("leaves what it made in the state", async () => {
      const { control } = year().deployment.sandbox;
      await control.inject({
        service: "iam",
        operation: "PutRolePolicy",
        times: 1000,
        status: 400,
        code: "Throttling",
        message: "Rate exceeded",
      });
      const { personas } = year().settings;
      const planned = all("create", ...role("userD"), ...profile("userD"), ...grants("userD", ["product"]));
      await year().stopped(
        "a persona, throttled half-way",
        { personas: { ...personas, userD } },
        /Rate exceeded/,
        planned,
      );
    });

    test("is finished by the next apply", async () => {
      const { deployment } = year();
      await deployment.sandbox.control.clearFaults();
      const rest = [...profile("userD"), ...grants("userD", ["product"])];
      await year().change("the rest of it", {}, all("create", ...rest));
    });
  });

  test("a change of the domain that AWS refuses is made by the command, and Terraform is told", async () => {
    const { deployment } = year();
    const security_groups = [...year().settings.security_groups, "warehouse"];
    const names = Object.keys(year().settings.personas);
    const profiles = names.map((name) => `module.studio.module.studio.aws_sagemaker_user_profile.profile["${name}"]`);
    await year().stopped("a security group of the domain", { security_groups }, /ValidationException/, {
      ...all("create", 'aws_security_group.group["warehouse"]'),
      ...all("update", "module.studio.module.studio.aws_sagemaker_domain.domain", ...profiles),
      ...told(names),
    });
    const [, command] = await deployment.updateSubnetsCommands();
    const resources = await deployment.resources();
    const idOf = (end: string): string => String(resources.find(({ address }) => address.endsWith(end))!.values["id"]);
    const groups = security_groups.map((name) => idOf(`aws_security_group.group["${name}"]`));
    const commands = documentedCommands("settings=")
      .replace(/d-\w+/, idOf(".module.studio.aws_sagemaker_domain.domain"))
      .replace('["sg-0123456789abcdef0"]', JSON.stringify(groups))
      .replace("<update_subnets_command>", command!)
      .replace("-refresh-only", "-refresh-only -auto-approve");
    await deployment.script(commands);
    const rest = { ...all("update", ...profiles), ...told(names) };
    await year().change("what is left of it, after the command", {}, rest);
  });
}
