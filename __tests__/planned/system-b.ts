import * as fs from "node:fs";
import * as path from "node:path";
import type { TerraformStack } from "cdktf";
import { AccessGrants } from "../../constructs/access-grants/access-grants";
import accessGrantsModule from "../../constructs/access-grants/access-grants.module";
import { DataBucket } from "../../constructs/data-bucket/data-bucket";
import dataBucketModule from "../../constructs/data-bucket/data-bucket.module";
import personaGrantsModule from "../../constructs/persona-grants/persona-grants.module";
import { StudioAccess } from "../../constructs/studio-access/studio-access";
import studioAccessModule from "../../constructs/studio-access/studio-access.module";
import { StudioDomain } from "../../constructs/studio-domain/studio-domain";
import studioDomainModule from "../../constructs/studio-domain/studio-domain.module";
import studioNetworkModule from "../../constructs/studio-network/studio-network.module";
import { BUNDLES, environment, moduleOf } from "../support/hosts";
import { resources } from "../support/synthesized";
import type { OfflineTerraform, Planned } from "../support/terraform";
import { accessGrants, dataBucket, studioAccess, studioDomain } from "../constructs/studio-fixtures";
import { parsed, type Part, withoutReadLate } from "./part";

const MODULES = [
  accessGrantsModule,
  dataBucketModule,
  personaGrantsModule,
  studioAccessModule,
  studioDomainModule,
  studioNetworkModule,
];
const MAPS = [
  ...["tags", "locations", "personas", "grants", "profiles", "kmsKeys", "privateSubnets", "publicSubnets"],
  ...["natGateways", "interfaceEndpoints", "publicBuckets", "sharedAccessGrantsInstances"],
];

/** Props as a caller of a module writes them: snake_case, but not the keys of maps. */
function variables(props: unknown, ofMap = false): unknown {
  if (Array.isArray(props)) return props.map((item) => variables(item));
  if (typeof props !== "object" || props === null) return props;
  const name = (key: string): string => (ofMap ? key : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => [name(key), variables(value, !ofMap && MAPS.includes(key))]),
  );
}
const call = (module: string, props: object): object => ({
  source: `./modules/${module}`,
  ...(variables(props) as object),
});

/** A module that has constructs of an environment as a module, and modules beside it. */
function write(
  terraform: OfflineTerraform,
  folder: string,
  make: (stack: TerraformStack) => void,
  beside: object,
): void {
  const bundle = fs.readFileSync(path.join(BUNDLES, "dataset-loader.zip"), "utf8");
  const hosted: Record<string, unknown> = environment(make);
  delete hosted.provider;
  delete (hosted.terraform as Record<string, unknown>).backend;
  terraform.write(`${folder}/environment/main.tf.json`, hosted);
  for (const { filename } of Object.values(resources(hosted, "aws_lambda_function"))) {
    terraform.write((filename as string).replace("${path.module}", `${folder}/environment`), bundle);
  }
  for (const definition of MODULES) {
    terraform.write(`${folder}/modules/${definition.name}/main.tf.json`, moduleOf(definition as never));
  }
  terraform.write(`${folder}/modules/data-bucket/dataset-loader.zip`, bundle);
  terraform.write(`${folder}/main.tf.json`, beside);
}

const literal = {
  studio_minimal: ["studio-access", studioAccess.minimal],
  studio_complete: ["studio-access", studioAccess.complete],
  access: ["access-grants", accessGrants.complete],
  data: ["data-bucket", dataBucket.complete],
  domain: ["studio-domain", studioDomain.complete],
} as const;

function constructs(stack: TerraformStack): void {
  new StudioAccess(stack, "studio_minimal", studioAccess.minimal);
  new StudioAccess(stack, "studio_complete", studioAccess.complete);
  new AccessGrants(stack, "access", accessGrants.complete);
  new DataBucket(stack, "data", dataBucket.complete);
  new StudioDomain(stack, "domain", studioDomain.complete);
}

/** System B in both hosts: from literals in an environment and from variables as modules. */
function writeAll(terraform: OfflineTerraform, folder: string): void {
  const calls = Object.entries(literal).map(([name, [module, props]]) => [name, call(module, props)] as const);
  const own = (type: string, attribute = "arn"): string => `\${${type}.own.${attribute}}`;
  write(terraform, folder, constructs, {
    // What the caller makes in the same root: nothing of it is known when the plan is made.
    resource: {
      aws_kms_key: { own: {} },
      aws_iam_role: { own: { name: "own", assume_role_policy: "{}" } },
      aws_vpc: { own: { cidr_block: "10.0.0.0/16" } },
    },
    module: {
      environment: { source: "./environment" },
      ...Object.fromEntries(calls),
      computed: {
        ...call("studio-access", studioAccess.complete),
        network: {
          existing: {
            vpc_id: own("aws_vpc", "id"),
            subnet_ids: [own("aws_vpc", "id")],
            security_group_ids: [own("aws_vpc", "id")],
          },
        },
        data_key: { arn: own("aws_kms_key") },
        studio_key: { arn: own("aws_kms_key") },
        existing_instance: { arn: own("aws_iam_role") },
        permissions_boundary: { arn: own("aws_iam_role") },
        personas: {
          userA: { role: { arn: own("aws_iam_role") }, grants: { all: { sub_prefix: "*", permission: "READ" } } },
        },
      },
    },
  });
}

export const systemB: Part = { write: writeAll, tests };

function tests(all: Parameters<Part["tests"]>[0]): void {
  /** An address in a module as it would be in an environment: modules, names and keys joined. */
  const flat = (address: string): string => {
    const [type] = /aws_[a-z0-9_]+(?=\.)/.exec(address)!;
    const parts = address
      .replace(`${type}.`, "")
      .replaceAll("module.", "")
      .split(/\.|\["?|"?\]\.?/);
    const named = parts.filter((part) => part !== "" && !/^\d+$/.test(part));
    return `${type}.${named.join("_").replaceAll("-", "_")}`;
  };
  /** As the service would see it: a copied bundle is the same bundle, and null is as good as nothing to the loader. */
  const comparable = (after: Readonly<Record<string, unknown>>): object => ({
    ...(parsed(after) as object),
    ...(typeof after.filename === "string" && { filename: path.basename(after.filename) }),
  });
  const planned = (prefix: string): Planned[] =>
    // An environment remembers its account once, a module by itself.
    Object.values(all().plan).filter(({ address, type }) => address.startsWith(prefix) && type !== "terraform_data");

  test.each(Object.keys(literal))("%s is planned the same from literals and from variables", (name) => {
    const named = (address: string, after: Parameters<typeof comparable>[0]) =>
      [address, withoutReadLate(address, comparable(after))] as const;
    const inModule = planned(`module.${name}.`).map(({ address, change }) => named(flat(address), change.after));
    const inEnvironment = planned("module.environment.")
      .filter(({ address }) => address.includes(`.${name}_`))
      .map(({ address, change }) => named(address.slice("module.environment.".length), change.after));
    expect(inEnvironment.length).toBeGreaterThan(5);
    expect(Object.fromEntries(inModule)).toEqual(Object.fromEntries(inEnvironment));
  });

  test("what the caller makes in the same root decides nothing", () => {
    const types = new Set(planned("module.computed.").map(({ type }) => type));
    expect([...types].filter((type) => /vpc|subnet|route|access_grants_instance$/.test(type))).toEqual([]);
    // The roles that are left to make: the loader's, the domain's and the location's.
    expect(planned("module.computed.").filter(({ type }) => type === "aws_iam_role")).toHaveLength(3);
  });

  test("makes what it always made, at the same addresses", () => {
    const walkthrough = Object.keys(all().plan).filter((address) => /(^module\.|\.)studio_complete/.test(address));
    expect(walkthrough.sort()).toMatchSnapshot();
  });
}
