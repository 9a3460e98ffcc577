import { documentedIds, domainImport, importBlock, parametersImported } from "../imports";
import { all, type Year } from "../year";

/** What Terraform has to be told: what the state has lost, what somebody did by hand, what is called otherwise. */
export function state(year: () => Year): void {
  test("what the state has lost is imported as documented, and nothing is left to change", async () => {
    const { deployment } = year();
    const ids = documentedIds();
    const resources = await deployment.resources();
    const domains = resources.filter(({ type }) => type === "aws_sagemaker_domain");
    const one = [...ids.keys()].flatMap((type) => resources.find((resource) => resource.type === type) ?? []);
    const others = one.filter((resource) => !domains.includes(resource));
    await deployment.terraform("state", "rm", ...[...domains, ...others].map(({ address }) => address));
    // A domain by commands of its own, the others by blocks.
    for (const domain of domains) await deployment.script(domainImport(domain));
    deployment.write("imports.tf", others.map((resource) => importBlock(resource, ids)).join("\n"));
    await year().change(
      "state lost: the domains, and one of each type",
      {},
      (changes) => {
        const imported = Object.keys(changes).filter((address) => /^import(, update)?$/.test(changes[address]!));
        expect(imported.sort()).toEqual(others.map(({ address }) => address).sort());
        const rest = Object.entries(changes).filter(([address]) => !imported.includes(address));
        // An imported function gets a version, which has its check.
        expect(Object.fromEntries(rest.filter(([, action]) => action !== "update"))).toEqual(
          all("replace", "aws_lambda_invocation.approval_approver_check"),
        );
      },
      { refresh: true },
    );
    deployment.write("imports.tf", undefined);
    await deployment.script(parametersImported());
    await year().isDone();
  });

  test("what somebody changed by hand is found and put right", async () => {
    const { deployment, places } = year();
    const bucket = places.buckets.find((name) => name.startsWith("called-") && !name.includes("scratch"))!;
    const status = (to: string): string[] => ["--bucket", bucket, "--versioning-configuration", `Status=${to}`];
    await deployment.aws("s3api", "put-bucket-versioning", ...status("Suspended"));
    const versioning = "module.studio.module.data[0].aws_s3_bucket_versioning.bucket_versioning";
    await year().change("versioning switched off by hand", {}, all("update", versioning), { refresh: true });
    const { Status } = await deployment.aws<{ Status: string }>("s3api", "get-bucket-versioning", "--bucket", bucket);
    expect(Status).toBe("Enabled");
  });

  test("a module call that gets another name moves", async () => {
    const { deployment } = year();
    const renamed = deployment
      .read("studio.tf")
      .replace('module "studio"', 'module "research"')
      .replace("module.studio.", "module.research.");
    deployment.write("studio.tf", `${renamed}\nmoved {\n  from = module.studio\n  to   = module.research\n}\n`);
    await deployment.terraform("init");
    const addresses = (await deployment.resources()).map(({ address }) => address);
    const inside = addresses.filter((address) => address.startsWith("module.studio."));
    const expected = inside.map((address) => address.replace("module.studio.", "module.research."));
    await year().change("a module call renamed, with moved", {}, all("move", ...expected));
  });
}
