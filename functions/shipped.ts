import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { cyclonedxEsbuildPlugin } from "@cyclonedx/cyclonedx-esbuild";
import type { Plugin } from "esbuild";

/** The parts of a CycloneDX document that are used here. */
interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly licenses?: ReadonlyArray<{ readonly license?: { readonly id?: string }; readonly expression?: string }>;
  readonly evidence?: { readonly licenses?: ReadonlyArray<{ readonly license: { readonly text: LicenseText } }> };
}
interface LicenseText {
  readonly content: string;
  readonly encoding?: string;
}
interface Bom {
  readonly metadata: { readonly component: { readonly "bom-ref": string } };
  readonly components: readonly Component[];
}

/** The plugin that lists the packages of which something is in the bundle; the list is for `shipped`. */
export const listing = (file: string): Plugin =>
  // Our esbuild is newer than the one that the plugin's types know.
  cyclonedxEsbuildPlugin({
    outputFile: file,
    outputReproducible: true,
    gatherLicenseTexts: true,
    validate: false,
    logLevel: "silent",
  }) as unknown as Plugin;

/**
 * What a function's zip is made of, for those who scan or pass it on.
 *
 * @param file what the plugin `listing` wrote; it is removed
 * @returns the CycloneDX 1.6 bill of materials (JSON), whose component is this very zip, and the third-party notices: every package with
 * its license's text
 */
export function shipped(
  name: string,
  file: string,
  zip: Uint8Array,
): { readonly bom: string; readonly notices: string } {
  const text = readFileSync(file, "utf8");
  rmSync(file);
  const whole = `${name}.zip`;
  // The plugin takes the project's package.json for the component: its version is not the zip's.
  const project = (JSON.parse(text) as Bom).metadata.component["bom-ref"];
  const { metadata, components, ...rest } = JSON.parse(text.replaceAll(project, whole)) as Bom;
  const hashes = [{ alg: "SHA-256", content: createHash("sha256").update(zip).digest("hex") }];
  const component = { type: "application", name: whole, "bom-ref": whole, hashes };
  const listed = components.map((each) => ({ ...each, evidence: undefined }));
  const bom = { ...rest, metadata: { ...metadata, component }, components: listed };
  return { bom: `${JSON.stringify(bom, null, 2)}\n`, notices: notices(name, components) };
}

/** The notices. Packages with the same license text stand together above it. */
function notices(name: string, components: readonly Component[]): string {
  const byText = new Map<string, string[]>();
  for (const component of components) {
    const text = licenseText(component);
    byText.set(text, [...(byText.get(text) ?? []), title(component)]);
  }
  const sections = [...byText].map(([text, titles]) => `${[...new Set(titles)].sort().join("\n")}\n\n${text}\n`);
  const rule = `\n${"-".repeat(80)}\n\n`;
  return [`Third-party software in ${name}.zip, with its licenses.\n`, ...sections.sort()].join(rule);
}

const title = (component: Component): string =>
  `${component.group === undefined ? "" : `${component.group}/`}${component.name} ${component.version} (${license(component)})`;

function license({ licenses = [] }: Component): string {
  return licenses.map((each) => each.expression ?? each.license?.id ?? "").join(" ");
}

/** The texts of the files LICENSE, NOTICE and their like that the package ships. */
function licenseText({ evidence, ...component }: Component): string {
  const texts = (evidence?.licenses ?? []).map(({ license: { text } }) =>
    Buffer.from(text.content, text.encoding === "base64" ? "base64" : "utf8").toString("utf8"),
  );
  if (texts.length === 0)
    return `The package ships no license file; it says that its license is ${license(component)}.`;
  return texts.map((text) => text.replace(/\r\n/g, "\n").trim()).join("\n\n");
}
