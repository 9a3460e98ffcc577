import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { buildFunction, functionNames } from "../../functions/build";

const ROOT = join(__dirname, "../..");

interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly scope: string;
  readonly licenses: ReadonlyArray<{ readonly license: { readonly id: string } }>;
}
interface Bom {
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: { readonly name: string; readonly hashes: ReadonlyArray<{ alg: string; content: string }> };
  };
  readonly serialNumber?: string;
  readonly components: readonly Component[];
}
interface Locked {
  readonly version: string;
  readonly dev?: boolean;
}

const nameOf = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);

describe.each(functionNames(ROOT))("beside the zip of %s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "shipped-"));
  const file = (type: string): string => readFileSync(join(folder, `${name}.${type}`), "utf8");
  let bom: Bom;
  beforeAll(async () => {
    await buildFunction(name, ROOT, folder);
    bom = JSON.parse(file("cdx.json")) as Bom;
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("lies a bill of materials as CycloneDX 1.6 has it, about this very zip, without a time or a path", async () => {
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(file("cdx.json"))).toBeNull();
    const sha256 = createHash("sha256")
      .update(readFileSync(join(folder, `${name}.zip`)))
      .digest("hex");
    expect(bom.metadata.component).toMatchObject({
      name: `${name}.zip`,
      hashes: [{ alg: "SHA-256", content: sha256 }],
    });
    expect(bom.metadata.timestamp ?? bom.serialNumber).toBeUndefined();
    expect(file("cdx.json")).not.toContain(ROOT);
  });

  it("it lists what is of the SDK, the logger and the rest, and nothing else of the project's packages", () => {
    const names = bom.components.map(nameOf);
    expect(names).toEqual(expect.arrayContaining(["@aws-lambda-powertools/logger", "@smithy/core", "zod"]));
    expect(names.includes("@cedar-policy/cedar-wasm")).toBe(name === "approver");
    expect(names.filter((each) => /esbuild|jest|cdktf|sagemaker-data-access/.test(each))).toEqual([]);
  });

  it("whatever ships is installed by dependencies, so that npm audit --omit=dev looks at it", () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
      packages: Readonly<Record<string, Locked>>;
    };
    const shipped = bom.components.map((component): string => {
      const copies = Object.entries(packages).filter(
        ([path, { version, dev }]) =>
          path.endsWith(`node_modules/${nameOf(component)}`) && version === component.version && dev !== true,
      );
      return copies.length > 0 ? "" : `${nameOf(component)} ${component.version}`;
    });
    expect(shipped.length).toBeGreaterThan(5);
    expect(shipped.filter(Boolean)).toEqual([]);
  });

  it("the notices name every package with its version and license, and hold the license's text", () => {
    const notices = file("notices.txt");
    for (const component of bom.components) {
      const [{ license }] = component.licenses as [{ license: { id: string } }];
      expect(notices).toContain(`\n${nameOf(component)} ${component.version} (${license.id})\n`);
    }
    expect(notices).toMatch(/Apache License\s+Version 2\.0, January 2004/);
    expect(notices).toContain("Permission is hereby granted, free of charge"); // zod's, MIT
  });
});
